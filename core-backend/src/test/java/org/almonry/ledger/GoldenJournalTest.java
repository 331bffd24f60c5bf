package org.almonry.ledger;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import org.almonry.ledger.check.LedgerCheck;
import org.almonry.ledger.read.Words;
import org.almonry.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Scripts with the journal that they lead to, below them in the same file, through the real
/// ledger over PostgreSQL (K-005, K-010 to K-024, K-031, K-052, X-002, X-003). To write a
/// new one, leave the part below the line empty, run with `-Dalmonry.golden=write`, and read
/// what came of it.
class GoldenJournalTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "ledger", "golden");
    private static final String LINE = "----";
    private static final boolean WRITE = "write".equals(System.getProperty("almonry.golden"));

    private static final TestDatabase DATABASE = TestDatabase.fresh();

    @AfterAll
    static void close() {
        try (DATABASE) {
            var verification = new LedgerCheck(DATABASE.accounting()).verify();
            assertTrue(verification.isRight(), () -> verification.faults().toString());
        }
    }

    static List<String> scripts() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void leadsToItsJournal(String file) throws Exception {
        var lines = Files.readAllLines(FOLDER.resolve(file));
        int line = lines.indexOf(LINE);
        var script = lines.subList(0, line);
        var books = new GoldenBooks(DATABASE);
        var actual = new ArrayList<String>();
        try {
            actual.addAll(new GoldenScript(books).run(script));
            actual.addAll(books.journal());
        } finally {
            books.close();
        }
        if (WRITE) {
            var all = new ArrayList<>(lines.subList(0, line + 1));
            all.addAll(actual);
            Files.write(FOLDER.resolve(file), all);
        }
        var expected = lines.subList(line + 1, lines.size());
        if (!WRITE && !expected.equals(actual)) {
            fail(file + " (- expected, + actual)\n" + difference(expected, actual));
        }
    }

    /// No kind of transaction and no reason of a rejection is forgotten.
    @Test
    void allTypesAndRejectionsOccur() throws IOException {
        var all = new StringBuilder();
        for (var file : scripts()) {
            var text = Files.readString(FOLDER.resolve(file));
            all.append(text.substring(text.indexOf(LINE)));
        }
        var missing = Stream.concat(
                        Stream.of(TransactionType.values()).map(type -> " " + Words.of(type) + " "),
                        Stream.of(Rejection.values()).map(each -> "=> " + each.name() + "\n"))
                .filter(each -> all.indexOf(each) < 0)
                .toList();
        assertTrue(missing.isEmpty(), () -> "no script shows " + missing);
        assertTrue(scripts().size() >= 40);
    }

    private static String difference(List<String> expected, List<String> actual) {
        int[][] common = new int[expected.size() + 1][actual.size() + 1];
        for (int i = expected.size() - 1; i >= 0; i--) {
            for (int j = actual.size() - 1; j >= 0; j--) {
                common[i][j] = expected.get(i).equals(actual.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        var text = new StringBuilder();
        int i = 0;
        int j = 0;
        while (i < expected.size() || j < actual.size()) {
            if (i < expected.size() && j < actual.size() && expected.get(i).equals(actual.get(j))) {
                text.append("  ").append(expected.get(i++)).append('\n');
                j++;
            } else if (j == actual.size()
                    || (i < expected.size() && common[i + 1][j] >= common[i][j + 1])) {
                text.append("- ").append(expected.get(i++)).append('\n');
            } else {
                text.append("+ ").append(actual.get(j++)).append('\n');
            }
        }
        return text.toString();
    }
}

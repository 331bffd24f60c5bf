package org.almonry.ledger.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.verifier.Finding;
import org.almonry.verifier.Report;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// X-010, K-037, I07: whatever a superuser changes behind the back of the core, the
/// verifier finds, and says what and where.
class TamperTest {
    @TempDir
    static Path folder;

    private static TamperedBooks books;
    private static Path kept;

    /// What a verifier remembers who found the books clean.
    private static Path state;

    @BeforeAll
    static void build() throws Exception {
        books = new TamperedBooks(folder, 5_000, 16);
        kept = books.keepNotes();
        state = folder.resolve("state");
        assertEquals(List.of(), books.verify(books.export(), List.of(), state).findings());
    }

    @AfterAll
    static void close() {
        books.close();
    }

    @TestFactory
    Stream<DynamicTest> everyChangeIsFound() {
        var rows = TamperedRows.all();
        var others = Stream.of(TamperedTables.all(), TamperedSeals.all())
                .flatMap(List::stream)
                .toList();
        int all = rows.size() + others.size();
        assertTrue(all >= 60, "only " + all);
        return Stream.concat(
                rows.stream()
                        .map(each -> DynamicTest.dynamicTest(each.name(), () -> checkTwice(each))),
                others.stream()
                        .map(each -> DynamicTest.dynamicTest(
                                each.name(), () -> check(each, books.next()))));
    }

    /// A run that trusts an earlier one finds what a full one finds.
    private static void checkTwice(TamperedRows.Tamper tamper) {
        assertFalse(tamper.needsKept());
        var into = books.next();
        var full = check(tamper, into);
        assertEquals(full.findings(), books.verify(into, List.of(), state).findings());
    }

    private static Report check(TamperedRows.Tamper tamper, Path into) {
        var expected = books.tampered(tamper.change(), into);
        var kept = tamper.needsKept() ? List.of(TamperTest.kept) : List.<Path>of();
        var report = books.verify(into, kept, null);
        for (var each : expected) {
            assertTrue(
                    report.findings().stream()
                            .anyMatch(found -> found.toString().contains(each)),
                    () -> "not found: " + each + "\nbut " + report.count() + ":\n"
                            + String.join(
                                    "\n",
                                    report.findings().stream()
                                            .limit(12)
                                            .map(Finding::toString)
                                            .toList()));
        }
        return report;
    }

    /// Periods are sealed nowhere; a verifier that was there before remembers them.
    @Test
    void aPeriodMovedBackIsRemembered() {
        var into = books.next();
        var period = books.tampered(
                handle -> {
                    var closed = TamperedRows.text(
                            handle, "select min(closed_to)::text from ledger.period");
                    handle.execute(
                            "update ledger.period set closed_to = closed_to - 9 where closed_to = ?::date",
                            closed);
                    return closed;
                },
                into);
        var found = books.verify(into, List.of(), state).findings();
        assertTrue(
                found.stream()
                        .anyMatch(each -> each.toString().contains("up to " + period)
                                && each.text().contains("was closed when it was last verified")),
                found::toString);
    }
}

package org.almonry.ledger.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.almonry.verifier.VerifierMain;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// X-010, I09: an export that somebody tampered with, or that is none, gives findings or an
/// error, never "clean" and never a fault of the verifier.
class HostileExportTest {
    private static final int ROUNDS = 80;

    @TempDir
    static Path folder;

    private static TamperedBooks books;
    private static final Map<String, byte[]> FILES = new LinkedHashMap<>();

    private record Outcome(int code, String text) {}

    @BeforeAll
    static void export() throws Exception {
        books = new TamperedBooks(folder, 300, 4);
        var export = books.export();
        try (var all = Files.list(export)) {
            for (var each : all.sorted().toList()) {
                FILES.put(each.getFileName().toString(), Files.readAllBytes(each));
            }
        }
        assertEquals(
                VerifierMain.CLEAN,
                run("manifest.txt", FILES.get("manifest.txt")).code());
    }

    @AfterAll
    static void close() {
        books.close();
    }

    /// Files in which every digit is sealed, or follows from what is.
    @Test
    void noChangedDigitIsClean() throws Exception {
        var random = new Random(1);
        var names = List.of("transactions.csv", "requests.csv", "batches.csv", "corrections.csv");
        for (int i = 0; i < ROUNDS; i++) {
            var name = names.get(i % names.size());
            var bytes = FILES.get(name).clone();
            int at = place(bytes, random);
            bytes[at] = (byte) ('0' + (bytes[at] - '0' + 1 + random.nextInt(9)) % 10);
            var outcome = run(name, bytes);
            assertNotEquals(VerifierMain.CLEAN, outcome.code(), name + " at " + at);
            assertFalse(outcome.text().contains("fault of the verifier"), outcome.text());
        }
    }

    @Test
    void nothingCutOffIsClean() throws Exception {
        var random = new Random(2);
        for (var name : FILES.keySet()) {
            var bytes = FILES.get(name);
            for (int i = 0; i < 6 && bytes.length > 1; i++) {
                var outcome = run(name, Arrays.copyOf(bytes, random.nextInt(bytes.length - 1)));
                assertNotEquals(VerifierMain.CLEAN, outcome.code(), name);
                assertFalse(outcome.text().contains("fault of the verifier"), outcome.text());
            }
        }
    }

    @Test
    void noBytesAtAllBreakTheVerifier() throws Exception {
        var random = new Random(3);
        var names = List.copyOf(FILES.keySet());
        for (int i = 0; i < ROUNDS; i++) {
            var name = names.get(random.nextInt(names.size()));
            var bytes = FILES.get(name).clone();
            for (int change = 0; change <= random.nextInt(4); change++) {
                int at = random.nextInt(Math.max(1, bytes.length));
                int length = Math.min(random.nextInt(50), bytes.length - at);
                switch (random.nextInt(4)) {
                    case 0 -> bytes[at] = (byte) random.nextInt(256);
                    case 1 -> bytes[at] = "\",\n-90".getBytes(UTF_8)[random.nextInt(6)];
                    case 2 ->
                        System.arraycopy(
                                bytes, at, bytes, random.nextInt(bytes.length - length), length);
                    default -> {
                        var longer = Arrays.copyOf(bytes, bytes.length + length);
                        System.arraycopy(bytes, at, longer, at + length, bytes.length - at);
                        bytes = longer;
                    }
                }
            }
            var outcome = run(name, bytes);
            assertFalse(outcome.text().contains("fault of the verifier"), outcome.text());
        }
    }

    @Test
    void whatIsNoExportIsSaidToBeNone() throws Exception {
        for (var name : FILES.keySet()) {
            assertEquals(VerifierMain.UNUSABLE, run(name, null).code(), name);
        }
        assertEquals(
                VerifierMain.UNUSABLE,
                run("manifest.txt", "format=almonry-ledger-2\n".getBytes(UTF_8)).code());
        var rows = new String(FILES.get("manifest.txt"), UTF_8)
                .replaceFirst("transactions.csv=\\d+", "transactions.csv=1");
        assertEquals(
                VerifierMain.UNUSABLE, run("manifest.txt", rows.getBytes(UTF_8)).code());
    }

    @Test
    void keysThatFitNothingConfirmNothing() throws Exception {
        var file = folder.resolve("other.pem");
        CheckpointKey.create(file);
        var other = CheckpointKey.read(file, TamperedBooks.ORIGIN);
        var outcome = run(List.of(write("none", null).toString(), "--key", other.verifierKey()));
        assertEquals(VerifierMain.FINDINGS, outcome.code());
        assertTrue(outcome.text().contains("is not signed by a key that was given"));
        for (var key : List.of("", "a+b", "a+00000000+AAAA", "x+" + "0".repeat(8) + "+" + "!")) {
            assertEquals(
                    VerifierMain.UNUSABLE,
                    run(List.of(write("none", null).toString(), "--key", key)).code());
        }
        assertEquals(VerifierMain.UNUSABLE, run(List.of()).code());
        assertEquals(VerifierMain.UNUSABLE, run(List.of("--key")).code());
        assertEquals(VerifierMain.UNUSABLE, run(List.of("a", "--what", "b")).code());
    }

    /// Rows are read some at a time: a fault is found in any of them, and named by its own
    /// row (the header counts), at the edges of these blocks as well as within.
    @Test
    void aFaultIsToldOfItsOwnRowWhereverItStands() throws Exception {
        var lines = new String(FILES.get("transactions.csv"), UTF_8).split("\n", -1);
        for (int row : List.of(1, 2, 31, 32, 33, 64, 65, 96, 97, lines.length - 2)) {
            var changed = run("transactions.csv", with(lines, row, 6, "123456789012345678"));
            assertEquals(VerifierMain.FINDINGS, changed.code());
            assertTrue(
                    changed.text().contains("transaction " + row + ": "),
                    row + " is not named:\n" + changed.text());
            for (int column : List.of(0, 1, 6, 10)) {
                var broken = run("transactions.csv", with(lines, row, column, "x"));
                assertEquals(VerifierMain.UNUSABLE, broken.code());
                assertTrue(
                        broken.text().endsWith(", in row " + (row + 1) + "\n"),
                        row + " is not named: " + broken.text());
            }
        }
    }

    /// The largest numbers are read as they are, and what is larger is no number.
    @Test
    void longNumbersAreReadExactlyOrNotAtAll() throws Exception {
        var lines = new String(FILES.get("transactions.csv"), UTF_8).split("\n", -1);
        for (var number : List.of(
                "999999999999999999",
                "1000000000000000000",
                "9223372036854775807",
                "-9223372036854775807")) {
            var outcome = run("transactions.csv", with(lines, 40, 6, number));
            assertEquals(VerifierMain.FINDINGS, outcome.code(), number);
            assertTrue(outcome.text().contains(number), outcome.text());
        }
        for (var number : List.of(
                "9223372036854775808", "10000000000000000000", "-", "1x", "1-2", "+1", " 1")) {
            assertEquals(
                    VerifierMain.UNUSABLE,
                    run("transactions.csv", with(lines, 40, 6, number)).code(),
                    number);
        }
    }

    private static byte[] with(String[] lines, int row, int column, String value) {
        var changed = lines.clone();
        var fields = lines[row].split(",", -1);
        fields[column] = value;
        changed[row] = String.join(",", fields);
        return String.join("\n", changed).getBytes(UTF_8);
    }

    private static int place(byte[] bytes, Random random) {
        int header = 0;
        while (bytes[header] != '\n') {
            header++;
        }
        while (true) {
            int at = header + random.nextInt(bytes.length - header);
            if (bytes[at] >= '0' && bytes[at] <= '9') {
                return at;
            }
        }
    }

    private static Outcome run(String name, byte[] bytes) throws IOException {
        return run(List.of(write(name, bytes).toString(), "--key", books.key.verifierKey()));
    }

    private static Outcome run(List<String> arguments) {
        var out = new ByteArrayOutputStream();
        var print = new PrintStream(out, false, UTF_8);
        int code = VerifierMain.run(arguments, print, print);
        print.flush();
        return new Outcome(code, out.toString(UTF_8));
    }

    /// The export with one file exchanged, or without it.
    private static Path write(String name, byte[] bytes) throws IOException {
        var into = Files.createDirectories(books.next());
        for (var each : FILES.entrySet()) {
            if (!each.getKey().equals(name)) {
                Files.write(into.resolve(each.getKey()), each.getValue());
            } else if (bytes != null) {
                Files.write(into.resolve(name), bytes);
            }
        }
        return into;
    }
}

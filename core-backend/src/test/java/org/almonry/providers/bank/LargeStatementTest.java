package org.almonry.providers.bank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.providers.StatementFooter;
import org.almonry.providers.StatementHeader;
import org.almonry.providers.StatementLine;
import org.almonry.providers.StatementSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// A file of 50 MB is read in a heap that could not hold it, in a process of its own.
class LargeStatementTest {
    private static final long SIZE = 50L * 1000 * 1000;
    private static final String HEAP = "-Xmx32m";

    @TempDir
    Path folder;

    @Test
    void theHeapStaysFlatHoweverLongTheFile() throws Exception {
        var file = folder.resolve("large.xml");
        long entries = write(file);
        var out = folder.resolve("out");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        HEAP,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Reading.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS), "reading takes too long");
        assertEquals(0, process.exitValue(), () -> text(out));
        assertEquals(entries + " lines", text(out).strip());
    }

    private static long write(Path file) throws IOException {
        var frame = StatementReaderTest.camt("@").split("@", -1);
        long written = 0;
        long entries = 0;
        try (var out = Files.newBufferedWriter(file)) {
            out.write(frame[0]);
            while (written < SIZE) {
                var entry = StatementReaderTest.entry("25.00")
                        .replace(
                                "</BookgDt>",
                                "</BookgDt><AcctSvcrRef>R" + entries + "</AcctSvcrRef>")
                        .replace("Gift", "Gift with &amp; some text that differs: " + entries);
                out.write(entry);
                written += entry.length();
                entries++;
            }
            out.write(frame[1]);
        }
        return entries;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /// The process that reads.
    public static final class Reading implements StatementSink {
        private long lines;

        /// Reads the file that is named.
        public static void main(String[] arguments) throws Exception {
            var sink = new Reading();
            new StatementReader().read(Path.of(arguments[0]), null, sink);
            System.out.println(sink.lines + " lines");
        }

        @Override
        public void begin(StatementHeader header) {}

        @Override
        public void line(StatementLine line) {
            lines++;
        }

        @Override
        public void end(StatementFooter footer) {}
    }
}

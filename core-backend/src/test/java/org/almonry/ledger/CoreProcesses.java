package org.almonry.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Cores of the same books, one [KilledCore] per process, and what they were answered.
final class CoreProcesses {
    /// Numbers of requests that a core may use.
    private static final long RANGE = 10_000_000;

    /// One of them.
    final class Core {
        private final Process process;
        private final AtomicLong answers = new AtomicLong();

        private Core(Process process) {
            this.process = process;
            Thread.ofVirtual().start(this::listen);
        }

        private void listen() {
            try (var lines =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (!line.endsWith(";")) {
                        continue;
                    }
                    var words = line.substring(0, line.length() - 1).split(" ");
                    long number = Long.parseLong(words[1]);
                    if (words[0].equals("A")) {
                        acknowledged.answer(number, Long.parseLong(words[2]));
                        open.remove(number);
                        answers.incrementAndGet();
                    } else {
                        open.add(number);
                    }
                }
            } catch (IOException e) {
                // The process was killed.
            }
        }

        long answers() {
            return answers.get();
        }

        /// Waits until there are more answers than that.
        void awaitAnswer(long before) throws InterruptedException {
            long end = System.nanoTime() + patience.toNanos();
            while (answers.get() <= before) {
                assertTrue(System.nanoTime() < end, "no answer from the core; see its log");
                assertTrue(process.isAlive(), "the core has ended by itself");
                Thread.sleep(5);
            }
        }

        void signal(String name) throws Exception {
            var pid = String.valueOf(process.pid());
            assertEquals(0, new ProcessBuilder("kill", "-" + name, pid).start().waitFor());
        }

        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }
    }

    private final Acknowledged acknowledged = new Acknowledged();
    private final Set<Long> open = ConcurrentHashMap.newKeySet();
    private final Path folder;
    private final List<String> books;
    private final Duration patience;
    private int cores;

    /// @param folder for their logs
    /// @param books the first arguments of [KilledCore]: both databases, bank and wallet
    /// @param patience how long an answer may take
    CoreProcesses(Path folder, List<String> books, Duration patience) {
        this.folder = folder;
        this.books = books;
        this.patience = patience;
    }

    /// A core whose clock is right.
    Core start() throws IOException {
        return start(Duration.ZERO);
    }

    /// A core whose clock is ahead by that much; it first repeats what is open.
    Core start(Duration ahead) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KilledCore.class.getName()));
        command.addAll(books);
        command.add(String.valueOf(RANGE * ++cores));
        command.add(ahead.toString());
        open.forEach(number -> command.add(String.valueOf(number)));
        return new Core(new ProcessBuilder(command)
                .redirectError(folder.resolve("core-" + cores + ".log").toFile())
                .start());
    }

    Acknowledged acknowledged() {
        return acknowledged;
    }
}

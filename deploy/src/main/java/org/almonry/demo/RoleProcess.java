package org.almonry.demo;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// One role of Almonry as an operating system process of its own.
///
/// Ready means: the process has logged a line that contains its ready text. All its output
/// goes to a log file and, line by line, to the follower.
final class RoleProcess {

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    private final String role;
    private final String readyText;
    private final Process process;
    private final CountDownLatch ready = new CountDownLatch(1);
    private final Thread reader;

    private RoleProcess(
            String role, String readyText, Process process, Path log, Consumer<String> follower) {
        this.role = role;
        this.readyText = readyText;
        this.process = process;
        this.reader = Thread.ofVirtual().name("log-" + role).start(() -> follow(log, follower));
    }

    /// What to start: the role's name, its jar with the `lib` folder beside it, main class
    /// and configuration file.
    record Start(
            String role, Path jar, String mainClass, Path config, String readyText, Path work) {
        Start {
            requireNonNull(role, "role is null");
            requireNonNull(jar, "jar is null");
            requireNonNull(mainClass, "mainClass is null");
            requireNonNull(config, "config is null");
            requireNonNull(readyText, "readyText is null");
            requireNonNull(work, "work is null");
        }
    }

    static RoleProcess start(Start start, Path log, Path archive, Consumer<String> follower)
            throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var lib = start.jar().resolveSibling("lib");
        var command = new ArrayList<>(List.of(
                java,
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + archive,
                "-Xshare:auto",
                "-Xlog:cds=off",
                "-Xlog:cds+dynamic=off",
                "-Xlog:aot=off",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.util.logging.SimpleFormatter.format=%4$s %3$s %5$s%6$s%n",
                "-cp",
                classPath(start.jar(), lib),
                start.mainClass(),
                start.config().toString()));
        if (start.role().equals("core")) {
            // The bench and long imports deserve the optimising compiler; the others only
            // need a
            // quick start.
            command.remove("-XX:TieredStopAtLevel=1");
        }
        var process = new ProcessBuilder(command)
                .directory(start.work().toFile())
                .redirectErrorStream(true)
                .start();
        return new RoleProcess(start.role(), start.readyText(), process, log, follower);
    }

    private static String classPath(Path jar, Path lib) throws IOException {
        // Archives of class data need a class path that names each jar, in one order.
        try (var jars = Files.list(lib)) {
            var all = new ArrayList<String>();
            all.add(jar.toString());
            jars.filter(p -> p.toString().endsWith(".jar"))
                    .sorted()
                    .forEach(p -> all.add(p.toString()));
            return String.join(System.getProperty("path.separator"), all);
        }
    }

    private void follow(Path log, Consumer<String> follower) {
        try (BufferedReader lines = process.inputReader();
                Writer file = Files.newBufferedWriter(log)) {
            String line;
            while ((line = lines.readLine()) != null) {
                file.write(line);
                file.write('\n');
                file.flush();
                follower.accept(line);
                if (line.contains(readyText)) {
                    ready.countDown();
                }
            }
        } catch (IOException e) {
            follower.accept("the log of " + role + " ended: " + e.getMessage());
        }
    }

    String role() {
        return role;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// Waits until the role serves; false when it ended or took too long.
    boolean awaitReady(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < end) {
            if (ready.await(20, TimeUnit.MILLISECONDS)) {
                return true;
            }
            if (!process.isAlive()) {
                reader.join(Duration.ofSeconds(1));
                return false;
            }
        }
        return false;
    }

    /// Ends the process as a machine that loses power would: at once, without a word.
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /// Asks the process to stop and insists after ten seconds.
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            process.waitFor();
        }
        reader.join(Duration.ofSeconds(1));
    }
}

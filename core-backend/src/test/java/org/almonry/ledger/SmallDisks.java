package org.almonry.ledger;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.almonry.testing.TestDatabase;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// A PostgreSQL whose tables and whose write-ahead log are each on a small file system of
/// its own, which can be filled to the last byte and freed again.
///
/// The file systems are in memory and in a mount namespace that only this server sees, so
/// that neither root nor an administrator is needed, only a kernel that lets users have
/// namespaces. Like a service manager it starts the server again whenever that ends.
final class SmallDisks implements AutoCloseable {
    /// A part of the data directory that has a disk of its own.
    enum Disk {
        TABLES("base"),
        LOG("pg_wal");

        private final String directory;

        Disk(String directory) {
            this.directory = directory;
        }
    }

    /// What a disk has left before it is filled, in MiB.
    private static final int ROOM = 32;

    private static final long PATIENCE_SECONDS = 30;

    private static final String IN_NAMESPACE = "unshare --user --map-root-user --mount";

    private static final String MOUNT = """
            size=$(($(du -sm %1$s | cut -f1) + %2$d))
            cp -a %1$s %1$s.copy || echo failed
            mount -t tmpfs -o size=${size}m,mode=700 tmpfs %1$s || echo failed
            cp -a %1$s.copy/. %1$s/ || echo failed
            """;

    /// As the only user of its namespace the shell counts as root, which the server refuses
    /// to be; so it gets one more.
    private static final String SERVE = """
            while [ ! -e %1$s/stop ]; do
              unshare --user %2$s </dev/null >>%1$s/postgres.log 2>&1
              sleep 0.5
            done &
            """;

    private final Path folder;
    private final Path data;
    private final int port;
    private final Process shell;
    private final Writer commands;
    private final BufferedReader answers;

    SmallDisks(Path folder) throws Exception {
        this.folder = folder;
        data = folder.resolve("data");
        var serve = new StringBuilder();
        port = install(serve);
        shell = new ProcessBuilder((IN_NAMESPACE + " sh").split(" "))
                .redirectError(folder.resolve("shell.log").toFile())
                .start();
        commands = shell.outputWriter(UTF_8);
        answers = shell.inputReader(UTF_8);
        for (var disk : Disk.values()) {
            run(MOUNT.formatted(data.resolve(disk.directory), ROOM));
        }
        run(SERVE.formatted(folder, serve));
        await("ready to accept connections");
    }

    /// Whether this machine lets its users mount a file system that only they see. Not every
    /// kernel and no container without the right does, and without it no disk can be small.
    static void assumePossible(Path folder) throws Exception {
        var command = IN_NAMESPACE + " mount -t tmpfs tmpfs " + folder;
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/unshare")), "there is no unshare(1)");
        var process = new ProcessBuilder(command.split(" ")).start();
        assumeTrue(process.waitFor() == 0, "this kernel refuses: " + command);
    }

    /// Makes the cluster, with all that does not fit a small disk, and learns how it is
    /// started.
    private int install(StringBuilder serve) throws IOException {
        var builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setLocaleConfig("locale", "C.UTF-8")
                // The smallest segments, so that the log soon needs a new one.
                .setLocaleConfig("wal-segsize", "1")
                .setServerConfig("min_wal_size", "2MB")
                .setServerConfig("max_wal_size", "8MB")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on");
        try (var postgres = builder.start()) {
            TestDatabase.prepare(postgres.getPort());
            var info = ProcessHandle.of(postmaster()).orElseThrow().info();
            serve.append(quoted(info.command().orElseThrow()));
            for (var argument : info.arguments().orElseThrow()) {
                serve.append(' ').append(quoted(argument));
            }
            return postgres.getPort();
        }
    }

    int port() {
        return port;
    }

    /// Nothing more can be written there.
    void fill(Disk disk) throws IOException {
        run("dd if=/dev/zero of=%s bs=4k </dev/null 2>>%s/fill.log"
                .formatted(filler(disk), folder));
    }

    void free(Disk disk) throws IOException {
        run("rm " + filler(disk));
    }

    private Path filler(Disk disk) {
        return data.resolve(disk.directory).resolve("filler");
    }

    /// Waits until the server says that.
    void await(String words) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        var log = folder.resolve("postgres.log");
        while (!Files.exists(log) || !Files.readString(log).contains(words)) {
            assertTrue(System.nanoTime() < end, () -> "the server never says: " + words);
            Thread.sleep(20);
        }
    }

    private void run(String script) throws IOException {
        commands.write(script + "\necho done\n");
        commands.flush();
        var line = answers.readLine();
        if (!"done".equals(line)) {
            throw new IOException(line + ": " + Files.readString(folder.resolve("shell.log")));
        }
    }

    private long postmaster() throws IOException {
        var file = data.resolve("postmaster.pid");
        return Long.parseLong(Files.readAllLines(file).getFirst().strip());
    }

    private static String quoted(String argument) {
        return "'" + argument + "'";
    }

    @Override
    public void close() throws Exception {
        Files.createFile(folder.resolve("stop"));
        var all = shell.descendants().toList();
        commands.close();
        if (Files.exists(data.resolve("postmaster.pid"))) {
            ProcessHandle.of(postmaster()).ifPresent(ProcessHandle::destroy);
        }
        // With the server ends the loop around it, and with the last of them the disks.
        for (var each : all) {
            each.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }
}

package org.almonry.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A cluster from a PostgreSQL that the machine has installed. It refuses to run as root,
/// so there it runs as nobody.
public final class InstalledPostgres implements AutoCloseable {
    private static final long START_SECONDS = 30;

    private final Path directory = Files.createTempDirectory("almonry-postgres");
    private final int port;
    private final Process server;

    public InstalledPostgres(Path installation) throws IOException, InterruptedException {
        try (var probe = new ServerSocket(0)) {
            port = probe.getLocalPort();
        }
        if (isRoot()) {
            run(List.of("chown", "nobody", directory.toString()));
        }
        var data = directory.resolve("data").toString();
        var bin = installation.resolve("bin");
        run(asNobody(
                bin.resolve("initdb").toString(),
                "--pgdata=" + data,
                "--username=postgres",
                "--auth=trust",
                "--locale=C.UTF-8",
                "--encoding=UTF8",
                "--no-sync"));
        server = start(asNobody(
                bin.resolve("postgres").toString(),
                "-D",
                data,
                "-p",
                String.valueOf(port),
                "-k",
                directory.toString(),
                "-c",
                "fsync=off",
                "-c",
                "max_connections=100"));
        awaitConnection();
    }

    public int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        server.descendants().forEach(ProcessHandle::destroy);
        server.destroy();
        try {
            if (!server.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void awaitConnection() throws InterruptedException {
        var url = "jdbc:postgresql://localhost:" + port + "/postgres";
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (true) {
            try (var connection = DriverManager.getConnection(url, "postgres", "")) {
                connection.isValid(1);
                return;
            } catch (SQLException e) {
                if (System.nanoTime() > end || !server.isAlive()) {
                    throw new IllegalStateException("the installed PostgreSQL did not start", e);
                }
                Thread.sleep(100);
            }
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static List<String> asNobody(String... command) {
        var all = new ArrayList<String>();
        if (isRoot()) {
            all.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
        }
        Stream.of(command).forEach(all::add);
        return all;
    }

    private Process start(List<String> command) throws IOException {
        var log = directory.resolve("log").toFile();
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        int exit = start(command).waitFor();
        if (exit != 0) {
            var log = Files.readString(directory.resolve("log"));
            throw new IllegalStateException(command + " ended with " + exit + ": " + log);
        }
    }
}

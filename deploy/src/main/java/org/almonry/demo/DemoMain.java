package org.almonry.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;

/// What `./deploy/demo` runs once everything is built.
///
/// Usage: `DemoMain run|smoke --repository DIR [--folder DIR] [--base-port N]`. `run` stays
/// until it is told to stop; `smoke` walks the whole path against a running demo and exits
/// 0 or 1.
public final class DemoMain {

    private DemoMain() {}

    /// Libraries that talk about every step; kept, since a logger that nobody holds forgets
    /// its level.
    private static final List<Logger> QUIET = List.of(
            Logger.getLogger("io.zonky"),
            Logger.getLogger("org.flywaydb"),
            Logger.getLogger("com.icegreen"));

    public static void main(String[] arguments) throws Exception {
        QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
        var rest = new ArrayDeque<>(List.of(arguments));
        var command = rest.isEmpty() ? "" : rest.pop();
        Path repository = Path.of("").toAbsolutePath();
        Path folder = null;
        int basePort = DemoLayout.DEFAULT_BASE_PORT;
        while (!rest.isEmpty()) {
            var option = rest.pop();
            if (rest.isEmpty()) {
                usage("option without a value: " + option);
            }
            switch (option) {
                case "--repository" -> repository = Path.of(rest.pop()).toAbsolutePath();
                case "--folder" -> folder = Path.of(rest.pop()).toAbsolutePath();
                case "--base-port" -> basePort = Integer.parseInt(rest.pop());
                default -> usage("unknown option: " + option);
            }
        }
        var layout = new DemoLayout(
                repository,
                folder == null ? repository.resolve("deploy/target/demo") : folder,
                basePort);
        switch (command) {
            case "run" -> run(layout);
            case "smoke" -> System.exit(Smoke.run(layout, DemoMain::say) ? 0 : 1);
            default -> usage("say run or smoke");
        }
    }

    private static void usage(String problem) {
        say(problem);
        say("usage: DemoMain run|smoke --repository DIR [--folder DIR] [--base-port N]");
        System.exit(2);
    }

    private static void run(DemoLayout layout) throws Exception {
        var stopped = new CountDownLatch(1);
        try {
            var demo = Demo.start(layout, DemoMain::say);
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(
                            () -> {
                                say("stopping …");
                                demo.close();
                                say("stopped");
                                stopped.countDown();
                            },
                            "stop"));
            DemoGreeting.lines(layout).forEach(DemoMain::say);
        } catch (DemoFailure e) {
            say("");
            say("The demo did not start: " + e.getMessage());
            System.exit(1);
        }
        stopped.await();
    }

    @SuppressWarnings("SystemOut") // A launcher talks to the person at the terminal.
    private static void say(String line) {
        System.out.println(line);
    }

    /// Deletes a folder with all that is in it; one that is not there is fine.
    public static void deleteFolder(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var all = Files.walk(folder)) {
            for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}

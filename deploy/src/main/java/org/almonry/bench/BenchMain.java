package org.almonry.bench;

import org.almonry.demo.Demo;
import org.almonry.demo.DemoLayout;

import java.nio.file.Path;

/// Starts a demo of its own and runs every benchmark against it.
public final class BenchMain {

    /// Above a demo that a person may have running.
    private static final int BASE_PORT = 9480;

    private BenchMain() {}

    public static void main(String[] arguments) throws Exception {
        var repository = Path.of(arguments[0]).toAbsolutePath().normalize();
        var layout =
                new DemoLayout(repository, repository.resolve("deploy/target/bench"), BASE_PORT);
        long begun = System.nanoTime();
        try (var demo = Demo.start(layout, line -> {})) {
            say("demo, from built jars to ready: %.1f s (goal: under 15 s)"
                    .formatted((System.nanoTime() - begun) / 1e9));
            new WidgetBench(layout).run().forEach(BenchMain::say);
            new ImportBench(layout).run().forEach(BenchMain::say);
        }
        System.exit(0);
    }

    @SuppressWarnings("SystemOut") // A benchmark's result is what it prints.
    private static void say(String line) {
        System.out.println("bench | " + line);
    }
}

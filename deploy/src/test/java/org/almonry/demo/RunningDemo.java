package org.almonry.demo;

import java.nio.file.Path;

/// One demo for all whole-system tests of a run: real processes from the jars that this
/// build made. It ends with the test process.
final class RunningDemo {

    /// Far from a demo that a person may have running.
    private static final int BASE_PORT = 18_080;

    private static Demo demo;

    private RunningDemo() {}

    static final DemoLayout LAYOUT = new DemoLayout(
            Path.of("..").toAbsolutePath().normalize(),
            Path.of("target", "e2e").toAbsolutePath(),
            BASE_PORT);

    static synchronized Demo get() throws Exception {
        if (demo == null) {
            demo = Demo.start(LAYOUT, line -> {});
            Runtime.getRuntime().addShutdownHook(new Thread(demo::close));
        }
        return demo;
    }
}

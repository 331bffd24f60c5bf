package org.almonry.bench.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the figures were measured on.
final class Machine {

    private static final Path CPU = Path.of("/proc/cpuinfo");
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final long KIB_OF_GIB = 1L << 20;

    private Machine() {}

    static String describe() throws IOException {
        return "%d processors (%s), %d GiB, Linux %s, Java %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        value(CPU, "model name", "unknown"),
                        Math.round(Double.parseDouble(
                                        value(MEMORY, "MemTotal", "0").replaceAll("[^0-9]", ""))
                                / KIB_OF_GIB),
                        System.getProperty("os.version"),
                        Runtime.version());
    }

    private static String value(Path file, String key, String otherwise) throws IOException {
        if (!Files.isReadable(file)) {
            return otherwise;
        }
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(otherwise);
        }
    }
}

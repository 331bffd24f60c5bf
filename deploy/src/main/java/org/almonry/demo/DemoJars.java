package org.almonry.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Finds the jar that a module's build left; its libraries are in `lib` beside it.
final class DemoJars {

    private DemoJars() {}

    static Path jarOf(Path repository, String module) throws IOException {
        var target = repository.resolve(module).resolve("target");
        if (Files.isDirectory(target)) {
            try (var files = Files.list(target)) {
                var jar = files.filter(p -> p.getFileName().toString().matches("almonry-.*\\.jar"))
                        .findFirst();
                if (jar.isPresent()) {
                    return jar.get();
                }
            }
        }
        throw new IOException("no jar of " + module + " is built; run ./mvnw -Pfast package");
    }
}

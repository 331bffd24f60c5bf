package org.almonry.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// A folder with an export, whose manifest says that it is one and how many rows each file
/// has.
final class Export {
    static final String FORMAT = "almonry-ledger-1";

    private static final int MANIFEST_BYTES_MAX = 1 << 16;

    private final Path folder;
    private final Map<String, String> manifest = new HashMap<>();

    Export(Path folder) {
        this.folder = folder;
        var file = folder.resolve("manifest.txt");
        try {
            if (Files.size(file) > MANIFEST_BYTES_MAX) {
                throw new Unusable("is no manifest: " + file);
            }
            for (var line : Files.readString(file, UTF_8).split("\n", -1)) {
                int split = line.indexOf('=');
                if (split > 0) {
                    manifest.put(line.substring(0, split), line.substring(split + 1));
                }
            }
        } catch (IOException e) {
            throw new Unusable("no manifest, so no whole export: " + file, e);
        }
        if (!FORMAT.equals(manifest.get("format"))) {
            throw new Unusable("is not an export of format " + FORMAT + ": " + folder);
        }
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    CsvFile open(String name, String header) {
        return new CsvFile(file(name), header, rows(name));
    }

    /// Rows that a file must have.
    long rows(String name) {
        var rows = manifest.getOrDefault(name, "");
        if (!rows.matches("[0-9]{1,18}")) {
            throw new Unusable("the manifest does not say how many rows " + name + " has");
        }
        return Long.parseLong(rows);
    }
}

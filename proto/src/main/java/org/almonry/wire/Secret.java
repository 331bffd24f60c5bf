package org.almonry.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A password or token that no log, exception or debugger prints by accident.
public final class Secret {
    /// A password, token or key in text form; a larger file is surely the wrong one.
    private static final long FILE_BYTES_MAX = 16 * 1024;

    private final String value;

    private Secret(String value) {
        this.value = requireNonNull(value, "value is null");
    }

    /// The secret in a file, without the line end that editors add.
    public static Secret read(Path file) {
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw new ConfigRefused("secret file is too large: " + file);
            }
            var value = Files.readString(file, UTF_8).stripTrailing();
            if (value.isEmpty()) {
                throw new ConfigRefused("secret file is empty: " + file);
            }
            return new Secret(value);
        } catch (IOException e) {
            throw new ConfigRefused("secret file cannot be read: " + file, e);
        }
    }

    public static Secret of(String value) {
        return new Secret(value);
    }

    /// The secret itself, for the one call that needs it.
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "[REDACTED]";
    }
}

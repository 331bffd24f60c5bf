package org.almonry.wire;

import org.jspecify.annotations.Nullable;

/// A process will not start with this configuration; the message says which key of which
/// file and why.
public final class ConfigRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConfigRefused(String message) {
        super(message);
    }

    public ConfigRefused(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

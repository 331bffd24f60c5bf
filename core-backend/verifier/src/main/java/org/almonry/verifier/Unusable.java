package org.almonry.verifier;

/// What was given cannot be verified at all: not an export, cut off, or another version.
/// Never to be taken for "nothing found".
public final class Unusable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Unusable(String message) {
        super(message);
    }

    public Unusable(String message, Throwable cause) {
        super(message, cause);
    }
}

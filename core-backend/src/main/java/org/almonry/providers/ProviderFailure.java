package org.almonry.providers;

import org.jspecify.annotations.Nullable;

/// A provider did not do what was asked. Says whether trying again may help, and in words
/// for admins why.
///
/// Checked, because every caller must store the failure and plan the next try. The text
/// holds no secret and no address of a person.
public final class ProviderFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean retryable;
    private final String safeText;

    public ProviderFailure(boolean retryable, String safeText) {
        this(retryable, safeText, null);
    }

    public ProviderFailure(boolean retryable, String safeText, @Nullable Throwable cause) {
        super(safeText, cause);
        this.retryable = retryable;
        this.safeText = safeText;
    }

    /// Whether the same call may work later. False means that somebody must change
    /// something first.
    public boolean retryable() {
        return retryable;
    }

    /// The cause in words that may be shown and mailed to admins.
    public String safeText() {
        return safeText;
    }
}

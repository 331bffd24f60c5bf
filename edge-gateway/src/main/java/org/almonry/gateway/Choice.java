package org.almonry.gateway;

import static java.util.Objects.requireNonNull;

/// One entry of a select.
public record Choice(String value, String label) {
    public Choice {
        requireNonNull(value, "value is null");
        requireNonNull(label, "label is null");
    }
}

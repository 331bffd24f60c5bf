package org.almonry.commission;

/// Who pays a commission (K-051).
public enum Direction {
    /// The sender, on top of the amount.
    OUT,
    /// The receiver, out of the amount.
    IN,
    /// Half and half; of an odd sum the sender pays one minor unit more.
    SHARED;

    /// The sender's part.
    long sender(long commission) {
        return switch (this) {
            case OUT -> commission;
            case IN -> 0;
            case SHARED -> commission - commission / 2;
        };
    }

    /// The receiver's part. Both parts are the whole.
    long receiver(long commission) {
        return commission - sender(commission);
    }
}

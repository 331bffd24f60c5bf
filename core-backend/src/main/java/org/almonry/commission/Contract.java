package org.almonry.commission;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;

/// Which price list an owner of coins has at a level from a day on.
///
/// @param number grows with each contract; the last one of a day counts
public record Contract(long number, String owner, Level level, String profileId, LocalDate from) {
    public Contract {
        requireNonNull(owner, "owner is null");
        requireNonNull(level, "level is null");
        requireNonNull(profileId, "profileId is null");
        requireNonNull(from, "from is null");
    }
}

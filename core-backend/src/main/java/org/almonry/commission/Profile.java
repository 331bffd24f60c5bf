package org.almonry.commission;

import static java.util.Objects.requireNonNull;

/// A price list.
///
/// @param id pfl_…
/// @param earner owner of the commission coin that its commissions go to
/// @param copiedFrom the profile that an own one was made of, may be empty
public record Profile(
        String id, String name, Level level, Tier tier, String earner, String copiedFrom) {
    public Profile {
        requireNonNull(id, "id is null");
        requireNonNull(name, "name is null");
        requireNonNull(level, "level is null");
        requireNonNull(tier, "tier is null");
        requireNonNull(earner, "earner is null");
        requireNonNull(copiedFrom, "copiedFrom is null");
    }
}

package org.almonry.commission;

/// Whose price list it is. Both apply to the same process (K-054).
public enum Level {
    /// The hoster's.
    SYSTEM,
    /// That of a provider, who earns by it beside the hoster.
    PROVIDER
}

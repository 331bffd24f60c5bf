package org.almonry.commission;

/// How a profile came to be: one of the four that every instance has, or an own one (K-054).
public enum Tier {
    BASE,
    STANDARD,
    GOLD,
    VIP,
    /// Made by copy for one contract, or for a provider.
    OWN
}

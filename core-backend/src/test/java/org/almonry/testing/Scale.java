package org.almonry.testing;

/// How much a test does that can do any amount: a little in `verify`, what was promised with
/// `-Pfaults`, or as much as a property says. CONTRIBUTING.md lists the properties.
public final class Scale {
    /// Whether this is the long run.
    public static final boolean FAULTS = Boolean.getBoolean("almonry.faults");

    private Scale() {}

    /// @param property as `almonry.kills`
    public static int of(String property, int inVerify, int withFaults) {
        int amount = Integer.getInteger(property, FAULTS ? withFaults : inVerify);
        if (amount < 1) {
            throw new IllegalArgumentException(property + " is at least 1");
        }
        return amount;
    }
}

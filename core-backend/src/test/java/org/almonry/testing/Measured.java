package org.almonry.testing;

/// What a test measured, as a line of the build's log: Maven shows nothing else of a test that
/// passes.
public final class Measured {
    private static final System.Logger LOG = System.getLogger(Measured.class.getName());

    private Measured() {}

    /// @param figures with their units
    public static void tell(String what, String figures) {
        LOG.log(System.Logger.Level.INFO, () -> what + ": " + figures);
    }
}

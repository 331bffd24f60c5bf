package org.almonry.verifier;

import java.util.List;

/// What came of a verification.
///
/// @param confirmed batches that a signed checkpoint confirms; later ones are only chained
/// @param trusted batches whose rows were compared with what an earlier run had verified
/// @param count findings in all, of which the first are kept
public record Report(
        long batches,
        long transactions,
        long coins,
        long checkpoints,
        long confirmed,
        long trusted,
        long count,
        List<Finding> findings) {
    public Report {
        findings = List.copyOf(findings);
    }

    /// Whether nothing was found.
    public boolean isClean() {
        return count == 0;
    }
}

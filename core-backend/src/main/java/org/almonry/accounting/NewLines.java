package org.almonry.accounting;

import java.util.List;

/// Takes the lines that have just been stored and posted. The importer knows nothing of
/// matching; whoever matches and books implements this.
@FunctionalInterface
public interface NewLines {

    /// Considers lines of one account and returns how many were booked at once. Must be
    /// repeatable: after a crash the same lines come again, and those that no longer wait
    /// are passed over. The lines come without their raw text.
    int consider(List<Incoming> lines);
}

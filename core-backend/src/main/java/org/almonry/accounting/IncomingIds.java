package org.almonry.accounting;

import org.almonry.wire.Ids;

import java.util.UUID;

/// The ids that follow from a line's id. Whoever repeats a step after a crash comes to the
/// same ids, and the ledger answers the repetition with the first result.
public final class IncomingIds {
    private IncomingIds() {}

    /// Request id of the posting that brings the line into its account's incoming coin.
    public static UUID posting(String incomingId) {
        return Ids.derive(incomingId, "incoming");
    }

    /// `prc_…` of the process that carries the line's state.
    public static String process(String incomingId) {
        return Ids.text("prc", Ids.derive(incomingId, "process"));
    }

    /// Request id of the posting of an opening balance.
    static UUID opening(String openingId) {
        return Ids.derive(openingId, "opening");
    }

    /// `prc_…` of the process of an opening balance.
    static String openingProcess(String openingId) {
        return Ids.text("prc", Ids.derive(openingId, "process"));
    }
}

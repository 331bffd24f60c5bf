package org.almonry.verifier;

import static java.util.Objects.requireNonNull;

/// Something that is not as it was sealed, or not as it must be.
///
/// @param place what it is about, such as "transaction 17"
/// @param text what is wrong, with what is there and what should be
public record Finding(Kind kind, String place, String text) {
    /// What was found to be wrong.
    public enum Kind {
        /// Rows do not give the root that their batch sealed.
        SEAL,
        /// What was changed, proven by the root or the chain that fits again without it.
        EXPLAINED,
        /// A batch is not the one that the chain or the log knows.
        CHAIN,
        /// A checkpoint is forged, or the log is not the one that was signed.
        CHECKPOINT,
        /// A row that must be there is missing, or one is there that must not.
        ROWS,
        /// A transaction breaks the rules of the books.
        TRANSACTION,
        /// A request and its transactions do not fit.
        REQUEST,
        /// A coin is not what its entries say.
        COIN,
        /// A hold is not what the journal says.
        HOLD,
        /// A correction is not what the journal says.
        CORRECTION,
        /// A transaction in a closed period, or periods out of order.
        PERIOD,
        /// The head is not that of the last batch.
        HEAD
    }

    public Finding {
        requireNonNull(kind, "kind is null");
        requireNonNull(place, "place is null");
        requireNonNull(text, "text is null");
    }

    @Override
    public String toString() {
        return kind + " " + place + ": " + text;
    }
}

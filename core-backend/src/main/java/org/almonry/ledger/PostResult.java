package org.almonry.ledger;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.UUID;

/// What came of a request. Answered only after the commit that it rests on.
public sealed interface PostResult {
    /// It is in the books, for ever.
    record Posted(List<Long> transactionIds) implements PostResult {
        public Posted {
            transactionIds = List.copyOf(transactionIds);
        }
    }

    /// It had been posted before under this id, with this input.
    record Replayed(List<Long> transactionIds) implements PostResult {
        public Replayed {
            transactionIds = List.copyOf(transactionIds);
        }
    }

    /// It was judged and left no trace. The text is safe to show.
    record Rejected(Rejection rejection, String text) implements PostResult {
        public Rejected {
            requireNonNull(rejection, "rejection is null");
            requireNonNull(text, "text is null");
        }
    }

    /// The id was used before with other input: a bug of the caller.
    record Conflict(UUID requestId) implements PostResult {
        public Conflict {
            requireNonNull(requestId, "requestId is null");
        }
    }

    /// Whether the request is in the books, now or from before.
    default boolean isInTheBooks() {
        return this instanceof Posted || this instanceof Replayed;
    }
}

package org.almonry.ledger;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/// What came of judging a request.
sealed interface Judgement {
    /// All of it fits; the states are those after the whole request.
    record Accepted(
            List<Posting> postings,
            Map<Long, Coin> coins,
            List<NewCoin> opened,
            Map<String, String> states,
            LocalDate effectiveOn)
            implements Judgement {}

    /// One part does not fit, so nothing of it happens.
    record Refused(Rejection rejection, String text) implements Judgement {}
}

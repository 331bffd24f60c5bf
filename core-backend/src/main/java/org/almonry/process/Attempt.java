package org.almonry.process;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/// A step of a request, as somebody wanted it: stored before it is posted, and all
/// that the posting is made of, so that the same step makes the same posting again.
///
/// @param id the request id of the posting
/// @param action MAKE, or an [Action]
/// @param reason what the person noted, or why the system decided so
/// @param from the state that it starts from, empty for MAKE
/// @param path the states that it leads through
/// @param holds what is set aside for the request when it starts
/// @param outcome "posted", or why not; empty while nobody knows
/// @param transactions ids of its transactions, once it is posted
record Attempt(
        UUID id,
        String processId,
        String action,
        String actor,
        String service,
        String reason,
        String from,
        List<RequestState> path,
        List<Long> holds,
        LocalDate effectiveOn,
        Instant at,
        String outcome,
        List<Long> transactions) {
    static final String MAKE = "MAKE";

    static final String POSTED = "posted";

    Attempt {
        requireNonNull(id, "id is null");
        requireNonNull(processId, "processId is null");
        requireNonNull(action, "action is null");
        requireNonNull(effectiveOn, "effectiveOn is null");
        requireNonNull(at, "at is null");
        path = List.copyOf(path);
        holds = List.copyOf(holds);
        transactions = List.copyOf(transactions);
    }

    boolean isMake() {
        return action.equals(MAKE);
    }

    boolean isOpen() {
        return outcome.isEmpty();
    }

    boolean isPosted() {
        return outcome.equals(POSTED);
    }

    /// Whether it sets money aside: it leads to a state in which others decide.
    boolean reserves() {
        return holds.isEmpty()
                && switch (path.getLast()) {
                    case WAITING, REQUIRES_CONFIRMATION, PENDING, ALLOWED_TO_WITHDRAW -> true;
                    case LIMITED,
                            APPROVED,
                            APPROVED_BY_ACCOUNTANT,
                            DECLINED,
                            REJECTED,
                            PROCESSED,
                            ERROR -> false;
                };
    }
}

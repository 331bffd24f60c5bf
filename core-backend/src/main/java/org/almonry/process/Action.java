package org.almonry.process;

import static org.almonry.process.RequestState.APPROVED;
import static org.almonry.process.RequestState.APPROVED_BY_ACCOUNTANT;
import static org.almonry.process.RequestState.DECLINED;
import static org.almonry.process.RequestState.PROCESSED;
import static org.almonry.process.RequestState.REJECTED;

/// What people do with a request, and what comes of it in each state (K-043): one table, the
/// same for all kinds.
public enum Action {
    APPROVE,
    DECLINE,
    REJECT,
    REPEAT;

    /// What an action in a state means.
    public sealed interface Effect {
        /// The request moves on to this state.
        record Moves(RequestState to) implements Effect {}

        /// It is let past its limits and takes the course of its kind.
        record Released() implements Effect {}

        /// It is tried again from the start: limits are asked again, then it takes its course.
        record TriedAgain() implements Effect {}

        /// It cannot be done, and why.
        record Refused(Refusal why) implements Effect {}
    }

    /// Why an action is refused.
    public enum Refusal {
        /// The request is booked; only a reversal undoes that.
        ALREADY_PROCESSED,
        /// It was declined or rejected; a new request has to be made.
        ALREADY_ENDED,
        /// Nothing went wrong with it, so there is nothing to repeat.
        NOTHING_TO_REPEAT,
        /// It failed; it can be repeated or ended.
        FAILED_BEFORE
    }

    /// The table.
    public Effect on(RequestState state) {
        return switch (state) {
            case LIMITED ->
                switch (this) {
                    case APPROVE -> new Effect.Released();
                    case DECLINE -> new Effect.Moves(DECLINED);
                    case REJECT -> new Effect.Moves(REJECTED);
                    case REPEAT -> new Effect.TriedAgain();
                };
            case ERROR ->
                switch (this) {
                    case APPROVE -> new Effect.Refused(Refusal.FAILED_BEFORE);
                    case DECLINE -> new Effect.Moves(DECLINED);
                    case REJECT -> new Effect.Moves(REJECTED);
                    case REPEAT -> new Effect.TriedAgain();
                };
            case PENDING, REQUIRES_CONFIRMATION -> decided(APPROVED);
            case WAITING -> decided(APPROVED_BY_ACCOUNTANT);
            case APPROVED, APPROVED_BY_ACCOUNTANT -> decided(PROCESSED);
            case ALLOWED_TO_WITHDRAW ->
                this == REPEAT ? new Effect.TriedAgain() : decided(PROCESSED);
            case PROCESSED -> new Effect.Refused(Refusal.ALREADY_PROCESSED);
            case DECLINED, REJECTED -> new Effect.Refused(Refusal.ALREADY_ENDED);
        };
    }

    private Effect decided(RequestState ifApproved) {
        return switch (this) {
            case APPROVE -> new Effect.Moves(ifApproved);
            case DECLINE -> new Effect.Moves(DECLINED);
            case REJECT -> new Effect.Moves(REJECTED);
            case REPEAT -> new Effect.Refused(Refusal.NOTHING_TO_REPEAT);
        };
    }
}

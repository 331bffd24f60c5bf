package org.almonry.process;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;

/// What processes are for (K-040). The first four are made by the accounting process, the
/// others by a [BusinessRequest]; more come with their features.
public enum ProcessKind {
    /// First balance of an account.
    OPENING(Way.NONE, RequestState.PROCESSED),
    /// A line of a statement.
    INCOMING(Way.NONE, RequestState.PROCESSED),
    /// Lines assigned to projects.
    BOOKING(Way.NONE, RequestState.PROCESSED),
    /// Takes a booking back.
    CORRECTION(Way.NONE, RequestState.PROCESSED),
    /// Money is created in a coin by hand; an accountant agrees.
    CLIENT_ISSUE(Way.ENTERS, RequestState.WAITING),
    /// Money goes from one coin to another.
    CLIENT_TRANSFER(Way.MOVES, RequestState.PROCESSED),
    /// Money is taken out of a coin by hand; an accountant agrees.
    REDEEM(Way.LEAVES, RequestState.WAITING),
    /// Money should arrive at a bank account; whoever sees it there approves.
    BANK_TOP_UP(Way.ENTERS, RequestState.PENDING),
    /// Money leaves by a bank: an accountant agrees, then the bank has to pay.
    BANK_REDEEM(Way.LEAVES, RequestState.WAITING),
    /// What a contract costs per month; made by a job.
    CONTRACT_FEE(Way.PAYS, RequestState.PROCESSED),
    /// Takes a whole process of a request back; an accountant agrees.
    REVERSAL(Way.NONE, RequestState.WAITING);

    /// How the money of a kind goes. What enters or leaves goes through issuing transit (K-034).
    enum Way {
        /// From the issuer to a coin.
        ENTERS,
        /// From coin to coin.
        MOVES,
        /// From a coin to the issuer.
        LEAVES,
        /// From a coin to coins for commissions, all of it.
        PAYS,
        /// Not by a plan of its own.
        NONE
    }

    private final Way way;
    private final RequestState first;

    ProcessKind(Way way, RequestState first) {
        this.way = requireNonNull(way, "way is null");
        this.first = requireNonNull(first, "first is null");
    }

    Way way() {
        return way;
    }

    /// Whether it is made by a business request.
    public boolean hasRequest() {
        return way != Way.NONE || this == REVERSAL;
    }

    /// Whether it counts against limits: what a contract costs and what is taken back does not.
    boolean hasLimits() {
        return switch (way) {
            case ENTERS, MOVES, LEAVES -> true;
            case PAYS, NONE -> false;
        };
    }

    /// The kinds that can be asked for.
    public static List<ProcessKind> ofRequests() {
        return Arrays.stream(values()).filter(ProcessKind::hasRequest).toList();
    }

    /// The states that a new request goes through, unless a limit stops it.
    List<RequestState> course(boolean needsConfirmation) {
        return needsConfirmation && first == RequestState.PROCESSED
                ? List.of(RequestState.REQUIRES_CONFIRMATION)
                : List.of(first);
    }

    /// The states of a request that somebody let past its limits: that was the second person.
    List<RequestState> releasedCourse() {
        return first == RequestState.PROCESSED
                ? List.of(RequestState.APPROVED, RequestState.PROCESSED)
                : List.of(first);
    }

    /// The states that follow on a move to this one: where nothing outside is waited for, an
    /// approval is booked in the same commit.
    List<RequestState> courseTo(RequestState state) {
        boolean isAgreed =
                state == RequestState.APPROVED || state == RequestState.APPROVED_BY_ACCOUNTANT;
        return isAgreed && this != BANK_REDEEM
                ? List.of(state, RequestState.PROCESSED)
                : List.of(state);
    }
}

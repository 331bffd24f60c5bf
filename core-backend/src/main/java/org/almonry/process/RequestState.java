package org.almonry.process;

import static java.util.Objects.requireNonNull;

/// Where a business request stands (K-041, K-042). It is stored as the state of its process,
/// so that it changes in the commit that moves the money.
public enum RequestState {
    /// Stopped by a limit; anti-fraud releases or refuses it, or it is repeated when there is
    /// room again. Nothing is set aside, and it does not count against the limits.
    LIMITED(ProcessState.LIMITED),
    /// Waits for something outside: money that should arrive.
    PENDING(ProcessState.PENDING),
    /// Waits for an accountant; what it needs is set aside.
    WAITING(ProcessState.WAITING_FOR_APPROVAL),
    /// Confirmed by a second person.
    APPROVED(ProcessState.PENDING),
    /// An accountant agreed. A pay-out by a bank stays here until the bank has paid.
    APPROVED_BY_ACCOUNTANT(ProcessState.PENDING),
    /// Waits for the word of a second person; what it needs is set aside.
    REQUIRES_CONFIRMATION(ProcessState.PENDING),
    /// Refused by a person. What was set aside is free again.
    DECLINED(ProcessState.DECLINED),
    /// Refused for good by a check, such as anti-fraud. What was set aside is free again.
    REJECTED(ProcessState.REJECTED),
    /// Booked.
    PROCESSED(ProcessState.PROCESSED),
    /// The ledger would not take it, for want of money or a closed coin. Nothing is set aside.
    ERROR(ProcessState.ERROR),
    /// Approved, and the pay-out at a desk waits. No kind of today comes here by itself.
    ALLOWED_TO_WITHDRAW(ProcessState.PENDING);

    private final ProcessState process;

    RequestState(ProcessState process) {
        this.process = requireNonNull(process, "process is null");
    }

    /// The state that history shows (K-007).
    public ProcessState process() {
        return process;
    }

    /// Whether nothing can come after it.
    public boolean isFinal() {
        return this == PROCESSED || this == DECLINED || this == REJECTED;
    }

    /// Whether a request in this state counts against its limits.
    boolean usesLimits() {
        return switch (this) {
            case LIMITED, DECLINED, REJECTED, ERROR -> false;
            case PENDING,
                    WAITING,
                    APPROVED,
                    APPROVED_BY_ACCOUNTANT,
                    REQUIRES_CONFIRMATION,
                    PROCESSED,
                    ALLOWED_TO_WITHDRAW -> true;
        };
    }
}

package org.almonry.ledger;

import static java.util.Objects.requireNonNull;

import org.almonry.audit.AuditEntry;
import org.almonry.events.DomainEvent;
import org.almonry.ledger.process.ProcessChange;
import org.almonry.ledger.process.Texts;
import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/// One atomic step of the books: all of it commits, or nothing does.
///
/// The request id is chosen by the caller, stored before the call and repeated after a
/// crash; it is unique for ever. Operations may be empty, when only a process moves on.
///
/// @param processId the process that the transactions belong to, if any
/// @param bookForward where the books are closed for the date of effect, take the first
///     open day instead of a rejection
public record PostRequest(
        UUID requestId,
        @Nullable String processId,
        LocalDate effectiveOn,
        List<Operation> operations,
        List<ProcessChange> processes,
        List<DomainEvent> events,
        List<AuditEntry> audit,
        boolean bookForward) {
    /// A split over some hundred projects fits; what is larger is several requests.
    public static final int OPERATIONS_MAX = 1000;

    /// As many processes, events and audit rows as operations: one gift may be made of many
    /// lines.
    public static final int COMPANIONS_MAX = 1000;

    public PostRequest {
        requireNonNull(requestId, "requestId is null");
        if (processId != null) {
            Texts.id(processId, "process id");
        }
        requireNonNull(effectiveOn, "effectiveOn is null");
        operations = List.copyOf(operations);
        processes = List.copyOf(processes);
        events = List.copyOf(events);
        audit = List.copyOf(audit);
        if (operations.size() > OPERATIONS_MAX) {
            throw new IllegalArgumentException("more than " + OPERATIONS_MAX + " operations");
        }
        if (processes.size() + events.size() + audit.size() > COMPANIONS_MAX) {
            throw new IllegalArgumentException(
                    "more than " + COMPANIONS_MAX + " processes, events and audit rows");
        }
        if (operations.isEmpty() && processes.isEmpty()) {
            throw new IllegalArgumentException("a request that does nothing");
        }
    }

    /// A request of the house itself: what comes late is booked forward.
    public PostRequest(
            UUID requestId,
            @Nullable String processId,
            LocalDate effectiveOn,
            List<Operation> operations,
            List<ProcessChange> processes,
            List<DomainEvent> events,
            List<AuditEntry> audit) {
        this(requestId, processId, effectiveOn, operations, processes, events, audit, true);
    }

    /// How many rows it makes at most, to keep batches in bounds.
    int weight() {
        return operations.size() + processes.size() + events.size() + audit.size();
    }
}

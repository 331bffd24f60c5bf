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
/// @param bookForward whether it takes the first open day where the books are closed
public record PostRequest(
        UUID requestId,
        @Nullable String processId,
        LocalDate effectiveOn,
        List<Operation> operations,
        List<ProcessChange> processes,
        List<DomainEvent> events,
        List<AuditEntry> audit,
        boolean bookForward) {
    /// Operations, and processes, events and audit rows beside them: a split over some
    /// hundred projects fits; what is larger is several requests.
    private static final int PARTS_MAX = 1000;

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
        int beside = processes.size() + events.size() + audit.size();
        if (operations.size() > PARTS_MAX || beside > PARTS_MAX) {
            throw new IllegalArgumentException("a request of more than " + PARTS_MAX + " parts");
        }
        if (operations.isEmpty() && processes.isEmpty()) {
            throw new IllegalArgumentException("a request that does nothing");
        }
    }

    /// How many rows it makes at most, to keep batches in bounds.
    int weight() {
        return operations.size() + processes.size() + events.size() + audit.size();
    }
}

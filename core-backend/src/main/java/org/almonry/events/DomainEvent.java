package org.almonry.events;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/// Something that happened and that other parts want to know. Carries ids and amounts,
/// never personal data.
public sealed interface DomainEvent {
    /// What it is about: an id.
    String subject();

    /// Its name in the store; a name never changes its meaning.
    default String type() {
        return getClass().getSimpleName();
    }

    /// Its content as JSON.
    default String payload() {
        return EventCodec.encode(this);
    }

    /// Lines of statements became gifts to projects.
    ///
    /// @param pledgeId empty when no pledge was matched
    record GiftBooked(
            String processId,
            List<String> incomingIds,
            String pledgeId,
            List<Part> parts,
            String currency)
            implements DomainEvent {
        public GiftBooked {
            requireNonNull(processId, "processId is null");
            incomingIds = List.copyOf(incomingIds);
            requireNonNull(pledgeId, "pledgeId is null");
            parts = List.copyOf(parts);
            requireNonNull(currency, "currency is null");
        }

        @Override
        public String subject() {
            return processId;
        }
    }

    /// What one project got of a gift, before the overhead share.
    ///
    /// @param milestoneId empty when the gift is for the project as such
    record Part(String projectId, String milestoneId, long minor) {
        public Part {
            requireNonNull(projectId, "projectId is null");
            requireNonNull(milestoneId, "milestoneId is null");
        }
    }

    /// A booking was undone by a correcting process.
    ///
    /// @param processId the correcting process
    /// @param undoneProcessId the booking
    record GiftUndone(
            String processId,
            String undoneProcessId,
            List<String> incomingIds,
            String pledgeId,
            List<Part> parts,
            String currency)
            implements DomainEvent {
        public GiftUndone {
            requireNonNull(processId, "processId is null");
            requireNonNull(undoneProcessId, "undoneProcessId is null");
            incomingIds = List.copyOf(incomingIds);
            requireNonNull(pledgeId, "pledgeId is null");
            parts = List.copyOf(parts);
            requireNonNull(currency, "currency is null");
        }

        @Override
        public String subject() {
            return processId;
        }
    }

    /// A fetch run ended.
    ///
    /// @param failure empty when it succeeded
    record FetchFinished(String runId, String provider, long added, long booked, String failure)
            implements DomainEvent {
        public FetchFinished {
            requireNonNull(runId, "runId is null");
            requireNonNull(provider, "provider is null");
            requireNonNull(failure, "failure is null");
        }

        @Override
        public String subject() {
            return runId;
        }
    }

    /// A provider has had no successful fetch for too long.
    record FetchAlarm(String provider, Instant since) implements DomainEvent {
        public FetchAlarm {
            requireNonNull(provider, "provider is null");
            requireNonNull(since, "since is null");
        }

        @Override
        public String subject() {
            return provider;
        }
    }

    /// The self-check found the books wrong, and nothing moves until an admin lifts that.
    ///
    /// @param faults the first of them, one line each
    record LedgerHalted(Instant at, List<String> faults) implements DomainEvent {
        public LedgerHalted {
            requireNonNull(at, "at is null");
            faults = List.copyOf(faults);
        }

        @Override
        public String subject() {
            return "ledger";
        }
    }
}

package org.almonry.ledger.process;

import org.jspecify.annotations.Nullable;

/// What a posting does to business processes: it commits with the posting or not at all.
public sealed interface ProcessChange {
    /// Texts in a process are words and ids; longer ones are mistakes.
    int TEXT_MAX = 500;

    /// Details are a small JSON object; what is larger belongs to a table of its feature.
    int DETAILS_MAX = 64 * 1024;

    String id();

    /// The state that it must be in, else the change is stale; null: it must be new.
    @Nullable
    String expectedState();

    /// The state that it is in afterwards.
    String newState();

    /// Opens a process in a state. Stale if the id exists.
    ///
    /// @param subject what it is about, such as inc_…
    /// @param detailsJson a JSON object, typed by the kind
    record Open(
            String id,
            String kind,
            String state,
            String subject,
            String detailsJson,
            String openedBy)
            implements ProcessChange {
        public Open {
            Texts.id(id, "process id");
            Texts.word(kind, "kind", TEXT_MAX);
            Texts.word(state, "state", TEXT_MAX);
            Texts.checked(subject, "subject", TEXT_MAX);
            Texts.word(detailsJson, "details", DETAILS_MAX);
            Texts.word(openedBy, "openedBy", TEXT_MAX);
        }

        @Override
        public @Nullable String expectedState() {
            return null;
        }

        @Override
        public String newState() {
            return state;
        }
    }

    /// Moves a process on. Stale unless its state is the expected one; the same state twice
    /// is allowed and leaves a step.
    record Advance(String id, String expectedState, String newState, String detail)
            implements ProcessChange {
        public Advance {
            Texts.id(id, "process id");
            Texts.word(expectedState, "expectedState", TEXT_MAX);
            Texts.word(newState, "newState", TEXT_MAX);
            Texts.checked(detail, "detail", DETAILS_MAX);
        }
    }
}

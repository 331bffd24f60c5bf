package org.almonry.gateway.admin;

import org.almonry.accounting.v1.Incoming;
import org.almonry.accounting.v1.IncomingState;
import org.almonry.accounting.v1.Suggestion;
import org.almonry.gateway.View;
import org.almonry.type.v1.Money;

import java.util.List;

/// An incoming line as the inbox shows it.
///
/// @param kind the look of its state
/// @param tickable whether a person may book it now
public record Line(
        String id,
        long version,
        String state,
        String kind,
        String date,
        Money amount,
        String name,
        String remittance,
        List<Proposal> suggestions,
        boolean tickable) {
    public Line {
        suggestions = List.copyOf(suggestions);
    }

    /// A suggestion with its reasons, and the parts that accepting it would book.
    ///
    /// @param pledge the pledge that it would fulfil, or empty
    public record Proposal(
            String label, int score, List<String> reasonList, String pledge, List<Part> parts) {
        public Proposal {
            reasonList = List.copyOf(reasonList);
            parts = List.copyOf(parts);
        }

        /// All reasons on one line; a score is never shown without them.
        public String reasons() {
            return String.join(" · ", reasonList);
        }

        /// Whether it says where all of the money goes.
        public boolean acceptable() {
            return !parts.isEmpty();
        }
    }

    static Line of(View view, Targets targets, Incoming line) {
        boolean waiting = line.getState() == IncomingState.INCOMING_STATE_WAITING;
        return new Line(
                line.getId(),
                line.getVersion(),
                view.code(line.getState().name()),
                switch (line.getState()) {
                    case INCOMING_STATE_BOOKED -> "good";
                    case INCOMING_STATE_IGNORED -> "closed";
                    case INCOMING_STATE_WAITING, INCOMING_STATE_UNSPECIFIED, UNRECOGNIZED -> "warn";
                },
                line.getBookingDate(),
                line.getAmount(),
                line.getCounterpartyName().isEmpty()
                        ? view.t("line.nameless")
                        : line.getCounterpartyName(),
                line.getRemittance(),
                waiting
                        ? line.getSuggestionsList().stream()
                                .map(each -> proposal(targets, each))
                                .toList()
                        : List.of(),
                waiting && line.getAmount().getMinor() > 0);
    }

    private static Proposal proposal(Targets targets, Suggestion suggestion) {
        return new Proposal(
                suggestion.getLabel(),
                suggestion.getScore(),
                suggestion.getReasonsList(),
                suggestion.getKind().equals("pledge") ? suggestion.getTargetId() : "",
                suggestion.getAllocationsList().stream().map(targets::part).toList());
    }
}

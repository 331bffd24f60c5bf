package org.almonry.gateway.admin;

import org.almonry.gateway.Choice;
import org.almonry.gateway.FormState;
import org.almonry.process.v1.ProcessState;
import org.almonry.process.v1.Request;
import org.almonry.process.v1.RequestAction;
import org.almonry.process.v1.RequestKind;
import org.almonry.process.v1.RequestState;
import org.almonry.process.v1.RequestTotal;

import java.util.List;
import java.util.Locale;

/// Requests by filter, with the totals of all that it lets through.
public record RequestsPage(
        FormState filter,
        Choices choices,
        List<Request> requests,
        List<RequestTotal> totals,
        String next,
        String first) {
    public RequestsPage {
        requests = List.copyOf(requests);
        totals = List.copyOf(totals);
    }

    /// What the filter offers.
    public record Choices(List<Choice> states, List<Choice> kinds, List<Choice> orders) {
        public Choices {
            states = List.copyOf(states);
            kinds = List.copyOf(kinds);
            orders = List.copyOf(orders);
        }
    }

    /// The kind as texts and the ledger name it.
    public static String word(RequestKind kind) {
        return kind.name().replace("REQUEST_KIND_", "");
    }

    /// The state as texts and the ledger name it.
    public static String word(RequestState state) {
        return state.name().replace("REQUEST_STATE_", "");
    }

    /// The state of history as texts name it.
    public static String word(ProcessState state) {
        return state.name().replace("PROCESS_STATE_", "").toLowerCase(Locale.ROOT);
    }

    /// The action as addresses and texts name it.
    public static String word(RequestAction action) {
        return action.name().replace("REQUEST_ACTION_", "").toLowerCase(Locale.ROOT);
    }

    /// The look of a state.
    public static String look(ProcessState state) {
        return switch (state) {
            case PROCESS_STATE_PROCESSED -> "good";
            case PROCESS_STATE_ERROR, PROCESS_STATE_LIMITED -> "bad";
            case PROCESS_STATE_DECLINED, PROCESS_STATE_REJECTED -> "closed";
            case PROCESS_STATE_WAITING_FOR_APPROVAL,
                    PROCESS_STATE_PENDING,
                    PROCESS_STATE_UNSPECIFIED,
                    UNRECOGNIZED -> "warn";
        };
    }
}

package org.almonry.gateway.admin;

import org.almonry.accounting.v1.Allocation;
import org.almonry.accounting.v1.Incoming;
import org.almonry.accounting.v1.IncomingState;
import org.almonry.accounting.v1.MemberSuggestion;
import org.almonry.gateway.View;

import java.util.List;

/// One line with all that is known of it.
public record LinePage(
        Line line,
        boolean waiting,
        String valueDate,
        String counterpartyAccount,
        String reference,
        String account,
        String process,
        String fetched,
        String note,
        String rateNote,
        String raw,
        List<MemberSuggestion> memberSuggestions,
        List<Allocation> allocations) {
    public LinePage {
        memberSuggestions = List.copyOf(memberSuggestions);
        allocations = List.copyOf(allocations);
    }

    static LinePage of(View view, Targets targets, Incoming incoming) {
        return new LinePage(
                Line.of(view, targets, incoming),
                incoming.getState() == IncomingState.INCOMING_STATE_WAITING,
                incoming.getValueDate(),
                incoming.getCounterpartyAccount(),
                incoming.getProviderReference(),
                incoming.getAccountId(),
                incoming.getProcessId(),
                incoming.hasFetchedAt() ? view.time(incoming.getFetchedAt()) : "",
                incoming.getNote(),
                incoming.getRateNote(),
                incoming.getRaw(),
                incoming.getMemberSuggestionsList(),
                incoming.getAllocationsList());
    }
}

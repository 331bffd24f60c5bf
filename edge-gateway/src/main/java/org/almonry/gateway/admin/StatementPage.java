package org.almonry.gateway.admin;

import org.almonry.gateway.Choice;
import org.almonry.gateway.FormState;
import org.almonry.ledger.v1.Coin;
import org.almonry.ledger.v1.Entry;

import java.util.List;

/// The entries of a coin in a period, newest first.
public record StatementPage(
        Coin coin,
        FormState form,
        List<Choice> bases,
        List<Entry> entries,
        String next,
        String first) {
    public StatementPage {
        bases = List.copyOf(bases);
        entries = List.copyOf(entries);
    }

    /// Whether only a part of the entries is asked for.
    public boolean isPart() {
        return !(form.value("type") + form.value("process_kind") + form.value("other_coin_id"))
                .isEmpty();
    }
}

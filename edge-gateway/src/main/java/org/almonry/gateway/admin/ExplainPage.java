package org.almonry.gateway.admin;

import org.almonry.gateway.Choice;
import org.almonry.gateway.FormState;
import org.almonry.gateway.Visit;
import org.almonry.ledger.v1.BalanceDay;
import org.almonry.ledger.v1.BalancePart;
import org.almonry.ledger.v1.Coin;
import org.almonry.ledger.v1.ExplainBalanceResponse;
import org.jspecify.annotations.Nullable;

import java.util.List;

/// How the balance of a coin came about.
///
/// @param found null as long as the period is not complete
public record ExplainPage(
        Coin coin,
        FormState form,
        List<Choice> bases,
        @Nullable ExplainBalanceResponse found) {
    public ExplainPage {
        bases = List.copyOf(bases);
    }

    /// The entries behind all of it.
    public String all() {
        return statement(form.value("from"), form.value("to"));
    }

    /// The entries behind a day.
    public String behind(BalanceDay day) {
        return statement(day.getDay(), day.getDay());
    }

    /// The entries behind a part; those of the rest that has no words are all.
    public String behind(BalancePart part) {
        return part.getType().isEmpty()
                ? all()
                : all()
                        + "&type=" + Visit.encode(part.getType())
                        + "&process_kind=" + Visit.encode(kind(part))
                        + "&other_coin_id=" + Visit.encode(part.getOtherCoinId());
    }

    private static String kind(BalancePart part) {
        return part.getProcessKind().isEmpty() ? "-" : part.getProcessKind();
    }

    private String statement(String from, String to) {
        return "/coins/" + coin.getId() + "/statement?from=" + Visit.encode(from)
                + "&to=" + Visit.encode(to)
                + "&basis=" + Visit.encode(form.value("basis"));
    }
}

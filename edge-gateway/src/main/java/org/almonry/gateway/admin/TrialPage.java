package org.almonry.gateway.admin;

import org.almonry.gateway.Choice;
import org.almonry.gateway.FormState;
import org.almonry.ledger.v1.GetTrialBalanceResponse;
import org.almonry.ledger.v1.TrialBalanceRow;
import org.almonry.ledger.v1.TrialBalanceTotal;
import org.almonry.webkit.Format;

import java.util.ArrayList;
import java.util.List;

/// The sums of all coins by kind, one table for each issuer and currency.
public record TrialPage(FormState form, List<Choice> bases, List<Part> parts) {
    public TrialPage {
        bases = List.copyOf(bases);
        parts = List.copyOf(parts);
    }

    /// One issuer and currency.
    public record Part(TrialBalanceTotal total, List<TrialBalanceRow> rows) {
        public Part {
            rows = List.copyOf(rows);
        }

        /// The currency of all of it.
        public String currency() {
            return total.getBalance().getCurrency();
        }

        /// Decimals of the currency.
        public int scale() {
            return Format.scale(currency());
        }

        /// Whether there is anything to draw.
        public boolean hasMoved() {
            return rows.stream().anyMatch(row -> row.getBalance().getMinor() != 0);
        }

        /// Whether it sums to zero.
        public boolean isRight() {
            return total.getBalance().getMinor() == 0;
        }
    }

    static List<Part> parts(GetTrialBalanceResponse found) {
        var parts = new ArrayList<Part>();
        for (var total : found.getTotalsList()) {
            parts.add(new Part(
                    total,
                    found.getRowsList().stream()
                            .filter(row -> row.getIssuer().equals(total.getIssuer())
                                    && row.getBalance()
                                            .getCurrency()
                                            .equals(total.getBalance().getCurrency()))
                            .toList()));
        }
        return parts;
    }
}

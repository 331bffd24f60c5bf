package org.almonry.accounting;

import org.almonry.money.Allocation;
import org.almonry.money.Currency;
import org.almonry.money.Money;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/// A thing that a donation code names and that money may be booked to. `open` says whether
/// every project behind it takes money now.
sealed interface Target {
    /// `pld_…`, `prj_…` or `mst_…`.
    String id();

    String label();

    boolean open();

    /// Where an amount goes that was given for this.
    List<Part> divide(Money amount);

    /// A pledge with its basket. Paid more or less than pledged, the items keep their
    /// proportions to the cent (C-034).
    record Pledged(
            String id,
            String label,
            Currency currency,
            List<Part> items,
            String giver,
            LocalDate madeOn,
            boolean open)
            implements Target {
        public Pledged {
            items = List.copyOf(items);
            if (items.isEmpty()) {
                throw new IllegalArgumentException("a pledge without items");
            }
        }

        Money amount() {
            return items.stream().map(Part::amount).reduce(Money::plus).orElseThrow();
        }

        @Override
        public List<Part> divide(Money amount) {
            var weights = items.stream().map(item -> item.amount().minor()).toList();
            var amounts = Allocation.split(amount, weights);
            var parts = new ArrayList<Part>();
            for (int i = 0; i < items.size(); i++) {
                if (!amounts.get(i).isZero()) {
                    var item = items.get(i);
                    parts.add(new Part(item.projectId(), item.milestoneId(), amounts.get(i)));
                }
            }
            return parts;
        }
    }

    /// A project as a whole.
    record Whole(String id, String label, boolean open) implements Target {
        @Override
        public List<Part> divide(Money amount) {
            return List.of(new Part(id, "", amount));
        }
    }

    /// A milestone of a project (C-030).
    record Step(String id, String projectId, String label, boolean open) implements Target {
        @Override
        public List<Part> divide(Money amount) {
            return List.of(new Part(projectId, id, amount));
        }
    }
}

package org.almonry.giving;

import static java.util.Objects.requireNonNull;

import org.almonry.money.Allocation;
import org.almonry.money.Money;

import java.util.ArrayList;
import java.util.List;

/// What a pledge is for: one or more items in one currency (C-033).
public record Basket(List<Item> items) {
    /// Refuses an empty basket, more than a form can hold, and mixed currencies.
    public Basket {
        items = List.copyOf(items);
        if (items.isEmpty() || items.size() > Giving.ITEMS_MAX) {
            throw new IllegalArgumentException("a basket has 1 to " + Giving.ITEMS_MAX + " items");
        }
        for (Item item : items) {
            if (!item.amount().currency().equals(items.getFirst().amount().currency())) {
                throw new IllegalArgumentException("a basket has one currency");
            }
        }
    }

    /// The sum.
    public Money total() {
        return items.stream().map(Item::amount).reduce(Money::plus).orElseThrow();
    }

    /// Splits what came over the items in proportion; the parts sum to exactly what came
    /// (C-034). Parts of nothing are left out.
    public List<Item> split(Money received) {
        List<Long> weights = items.stream().map(item -> item.amount().minor()).toList();
        List<Money> amounts = Allocation.split(received, weights);
        List<Item> parts = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            if (!amounts.get(i).isZero()) {
                parts.add(new Item(
                        items.get(i).projectId(), items.get(i).milestoneId(), amounts.get(i)));
            }
        }
        return List.copyOf(parts);
    }

    /// One part of a basket.
    ///
    /// @param milestoneId empty for the project as a whole
    public record Item(String projectId, String milestoneId, Money amount) {
        /// Refuses missing parts.
        public Item {
            requireNonNull(projectId, "projectId is null");
            requireNonNull(milestoneId, "milestoneId is null");
            requireNonNull(amount, "amount is null");
        }
    }
}

package org.almonry.ledger.read;

import static java.util.Objects.requireNonNull;

import org.almonry.ledger.CoinKind;
import org.almonry.ledger.TransactionType;
import org.almonry.money.Money;
import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.List;

/// How a balance came about in a period: opening + cameIn - wentOut = closing, and the same
/// holds over the parts and over the days.
public record Explanation(
        Money opening,
        Money cameIn,
        Money wentOut,
        Money closing,
        List<Part> parts,
        List<Day> days) {
    /// Parts that are told one by one; what remains is one last part without words.
    public static final int PARTS_MAX = 200;

    public Explanation {
        requireNonNull(opening, "opening is null");
        requireNonNull(cameIn, "cameIn is null");
        requireNonNull(wentOut, "wentOut is null");
        requireNonNull(closing, "closing is null");
        parts = List.copyOf(parts);
        days = List.copyOf(days);
    }

    /// What came and went under one heading; the heading is null in the part for the rest.
    public record Part(@Nullable Heading heading, long entries, Money cameIn, Money wentOut) {}

    /// Type of transaction, kind of process ("" for none), and the coin on the other side.
    public record Heading(
            TransactionType type,
            String processKind,
            long otherCoin,
            String otherName,
            CoinKind otherKind) {}

    /// A day on which something happened, and the balance at its end.
    public record Day(LocalDate day, Money cameIn, Money wentOut, Money balance) {}
}

package org.almonry.commission;

import static java.util.Objects.requireNonNull;

import org.almonry.money.Currency;
import org.almonry.money.Money;

import java.util.List;
import java.util.function.ToLongFunction;

/// What becomes of an amount on its way (K-044, K-056): what the sender is charged, what the
/// receiver is left with, and who earns the difference. To the minor unit:
/// taken = given + commission.
public record Calculation(Money amount, List<Part> parts) {
    public Calculation {
        parts = List.copyOf(parts);
        if (!amount.isPositive()) {
            throw new IllegalArgumentException("an amount is more than zero");
        }
        if (sum(parts, Part::receiver) > amount.minor()) {
            throw new IllegalArgumentException("the commission is more than the amount");
        }
        Math.addExact(amount.minor(), sum(parts, Part::sender));
    }

    /// One level's commission.
    ///
    /// @param earner owner of the commission coin that it goes to
    public record Part(Level level, String earner, long sender, long receiver) {
        public Part {
            requireNonNull(level, "level is null");
            requireNonNull(earner, "earner is null");
            if (sender < 0 || receiver < 0) {
                throw new IllegalArgumentException("a commission is not negative");
            }
        }
    }

    /// Without any commission.
    public static Calculation free(Money amount) {
        return new Calculation(amount, List.of());
    }

    /// What leaves the sender: amount and the sender's commissions.
    public Money taken() {
        return money(amount.minor() + senderPart());
    }

    /// What stays with the receiver: amount less the receiver's commissions.
    public Money given() {
        return money(amount.minor() - receiverPart());
    }

    /// All of it.
    public Money commission() {
        return money(senderPart() + receiverPart());
    }

    /// A level's part of it.
    public Money commission(Level level) {
        return money(sum(
                parts.stream().filter(part -> part.level() == level).toList(),
                part -> Math.addExact(part.sender(), part.receiver())));
    }

    public Money feeOfSender() {
        return money(senderPart());
    }

    public Money feeOfReceiver() {
        return money(receiverPart());
    }

    private long senderPart() {
        return sum(parts, Part::sender);
    }

    private long receiverPart() {
        return sum(parts, Part::receiver);
    }

    private Money money(long minor) {
        Currency currency = amount.currency();
        return new Money(minor, currency);
    }

    private static long sum(List<Part> parts, ToLongFunction<Part> side) {
        long sum = 0;
        for (var part : parts) {
            sum = Math.addExact(sum, side.applyAsLong(part));
        }
        return sum;
    }
}

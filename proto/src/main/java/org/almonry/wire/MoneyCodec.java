package org.almonry.wire;

import org.almonry.error.v1.Reason;
import org.almonry.money.Currency;
import org.almonry.money.Money;

import java.util.List;

/// Money on the wire and money in code.
public final class MoneyCodec {
    private MoneyCodec() {}

    public static org.almonry.type.v1.Money toProto(Money money) {
        return org.almonry.type.v1.Money.newBuilder()
                .setCurrency(money.currency().code())
                .setMinor(money.minor())
                .build();
    }

    /// Fails with INVALID_ARGUMENT for a currency that does not exist.
    public static Money fromProto(org.almonry.type.v1.Money money) {
        try {
            return new Money(money.getMinor(), Currency.of(money.getCurrency()));
        } catch (IllegalArgumentException e) {
            var failure = new Failure(
                    Reason.INVALID_ARGUMENT,
                    "The currency is not known.",
                    List.of(new Failure.Violation("currency", "is not a known currency")));
            failure.initCause(e);
            throw failure;
        }
    }
}

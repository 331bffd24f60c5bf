package org.almonry.gateway.testing;

/// Short words for amounts.
final class Money {

    private Money() {}

    static org.almonry.type.v1.Money eur(long minor) {
        return org.almonry.type.v1.Money.newBuilder()
                .setCurrency("EUR")
                .setMinor(minor)
                .build();
    }

    static org.almonry.type.v1.Money usd(long minor) {
        return org.almonry.type.v1.Money.newBuilder()
                .setCurrency("USD")
                .setMinor(minor)
                .build();
    }
}

package org.almonry.bench.ledger;

import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/// Who pays whom. Wallets are counted from 0.
enum Load {
    /// Any two of them.
    UNIFORM("Uniform: 20,000 wallets, any two of them"),
    /// Everybody pays wallet 0.
    HOT("Hot: everybody pays one wallet"),
    /// What the contender does by itself.
    OWN("By themselves");

    static final int WALLETS = 20_000;

    private final String title;

    Load(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    static int payer() {
        return ThreadLocalRandom.current().nextInt(1, WALLETS);
    }

    int payee(int payer) {
        if (this == HOT) {
            return 0;
        }
        int other = ThreadLocalRandom.current().nextInt(WALLETS - 1);
        return other < payer ? other : other + 1;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

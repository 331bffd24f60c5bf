package org.almonry.ledger.rpc;

import static java.util.Objects.requireNonNull;

import org.almonry.error.v1.Reason;
import org.almonry.ledger.Coin;
import org.almonry.ledger.read.Issuer;
import org.almonry.ledger.read.LedgerReads;
import org.almonry.ledger.read.Transaction;
import org.almonry.wire.Failure;

/// What the ids and keys in requests stand for. What is not there fails with NOT_FOUND.
final class Lookup {
    private final LedgerReads reads;

    Lookup(LedgerReads reads) {
        this.reads = requireNonNull(reads, "reads is null");
    }

    Coin coin(String id) {
        return reads.coin(number(LedgerCodec.COIN, id)).orElseThrow(Lookup::notFound);
    }

    Transaction transaction(String id) {
        return reads.transaction(number(LedgerCodec.TRANSACTION, id)).orElseThrow(Lookup::notFound);
    }

    Issuer issuer(String key) {
        return reads.issuers().stream()
                .filter(each -> each.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new Failure(Reason.NOT_FOUND, "There is no such issuer."));
    }

    /// The id of a coin or transaction, in its one form.
    String target(String id) {
        if (id.startsWith(LedgerCodec.COIN)) {
            return LedgerCodec.COIN + coin(id).id();
        }
        return LedgerCodec.TRANSACTION + transaction(id).id();
    }

    /// The number in an id. What has another form names nothing.
    static long number(String prefix, String id) {
        long number = LedgerCodec.number(prefix, id);
        if (number == 0) {
            throw notFound();
        }
        return number;
    }

    static Failure notFound() {
        return new Failure(Reason.NOT_FOUND, "There is no such thing in the ledger.");
    }
}

package org.almonry.ledger.proof;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/// What a batch seals of one request.
///
/// The leaves of a batch stand in order of the first transaction, then of the number of
/// transactions, then of the id as unsigned bytes. That is the order in which they were
/// judged, except that requests without any transaction share the first one of the next
/// request; for these, only the id tells a reader of the table which comes first.
public record RequestLeaf(UUID id, byte[] digest, long firstTransactionId, int transactions) {
    private static final Comparator<RequestLeaf> ORDER = Comparator.comparingLong(
                    RequestLeaf::firstTransactionId)
            .thenComparingInt(RequestLeaf::transactions)
            .thenComparing(RequestLeaf::id, RequestLeaf::compareUnsigned);

    public RequestLeaf {
        requireNonNull(id, "id is null");
        requireNonNull(digest, "digest is null");
    }

    /// The Merkle root of the requests of a batch, however they come.
    public static byte[] root(List<RequestLeaf> requests) {
        var writer = new LeafWriter();
        return Merkle.root(
                requests.stream().sorted(ORDER).map(each -> each.hash(writer)).toList());
    }

    private byte[] hash(LeafWriter writer) {
        writer.begin();
        writer.uuid(id);
        writer.bytes(digest);
        writer.number(firstTransactionId);
        writer.number(transactions);
        return writer.end();
    }

    /// PostgreSQL orders uuids by their bytes; Java compares them as signed numbers.
    private static int compareUnsigned(UUID one, UUID other) {
        int high =
                Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return high != 0
                ? high
                : Long.compareUnsigned(
                        one.getLeastSignificantBits(), other.getLeastSignificantBits());
    }
}

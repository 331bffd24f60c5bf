package org.almonry.ledger.proof;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/// The canonical bytes of a stored transaction, from its row and those of its coins.
public final class TransactionLeaf {
    /// Transactions by number, with whole numbers of microseconds and days, as the canonical
    /// bytes have them. A coin that is missing shows as a leaf that nobody sealed.
    public static final String ROWS = """
            select t.id, t.request_id, t.process_id, t.type, s.issuer_id, s.currency, s.currency_scale,
                   t.source_id, s.kind as source_kind, s.owner as source_owner, t.source_seq, t.source_after,
                   t.destination_id, d.kind as destination_kind, d.owner as destination_owner,
                   t.destination_seq, t.destination_after, t.amount_minor, t.held_change, t.hold_id, t.corrects,
                   (extract(epoch from t.expires_at) * 1000000)::bigint as expires_at,
                   t.effective_on - date '1970-01-01' as effective_on,
                   (extract(epoch from t.recorded_at) * 1000000)::bigint as recorded_at,
                   coalesce(t.destination_id, t.intended_id) as sealed_destination_id,
                   d.issuer_id as destination_issuer_id, d.currency as destination_currency
              from ledger.transaction t
              left join ledger.coin s on s.id = t.source_id
              left join ledger.coin d on d.id = t.destination_id
             where t.id between :from and :to
             order by t.id
            """;

    /// The columns that end a leaf, all numbers, in the order of the leaf.
    private static final List<String> NUMBERS_AFTER = List.of(
            "destination_seq",
            "destination_after",
            "amount_minor",
            "held_change",
            "hold_id",
            "corrects",
            "expires_at",
            "effective_on",
            "recorded_at");

    private TransactionLeaf() {}

    /// Begins a leaf and writes a row into it.
    public static LeafWriter write(LeafWriter writer, ResultSet row) throws SQLException {
        writer.begin();
        number(writer, row, "id");
        writer.uuid(row.getObject("request_id", UUID.class));
        writer.uuid(row.getObject("process_id", UUID.class));
        number(writer, row, "type");
        number(writer, row, "issuer_id");
        writer.text(row.getString("currency"));
        number(writer, row, "currency_scale");
        number(writer, row, "source_id");
        writer.text(row.getString("source_kind"));
        writer.text(row.getString("source_owner"));
        number(writer, row, "source_seq");
        number(writer, row, "source_after");
        // What is authorized moves to nobody yet, but whom it is meant for is sealed.
        number(writer, row, "sealed_destination_id");
        writer.text(row.getString("destination_kind"));
        writer.text(row.getString("destination_owner"));
        for (var column : NUMBERS_AFTER) {
            number(writer, row, column);
        }
        return writer;
    }

    private static void number(LeafWriter writer, ResultSet row, String column)
            throws SQLException {
        long value = row.getLong(column);
        if (row.wasNull()) {
            writer.absent();
        } else {
            writer.number(value);
        }
    }
}

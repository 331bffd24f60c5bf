package org.almonry.ledger.proof;

import org.jdbi.v3.core.Handle;

import java.util.List;
import java.util.UUID;

/// Rows that are deleted, inserted, exchanged or doubled, and requests renamed.
final class TamperedSets {
    private TamperedSets() {}

    static List<String> deleted(Handle handle, long id) {
        var row = TamperedRows.row(handle, id);
        handle.execute("delete from ledger.transaction where id = ?", id);
        return List.of(
                "ROWS transaction " + id + ": missing",
                "EXPLAINED transaction " + id + ": was deleted; it said request_id "
                        + row.get("request_id"),
                "ROWS coin %s: lacks its entries %s to %s"
                        .formatted(
                                row.get("source_id"), row.get("source_seq"), row.get("source_seq")),
                "they changed it by -" + row.get("amount_minor") + " minor units");
    }

    static List<String> lastDeleted(Handle handle) {
        long id = TamperedRows.id(handle, "select max(id) from ledger.transaction");
        var row = TamperedRows.row(handle, id);
        handle.execute("delete from ledger.transaction where id = ?", id);
        return List.of(
                "ROWS transaction " + id + ": missing",
                "ROWS coin %s: lacks its entries %s to %s at the end"
                        .formatted(
                                row.get("source_id"),
                                row.get("source_seq"),
                                row.get("source_seq")));
    }

    private static final String COPY = """
            insert into ledger.transaction
                   (id, source_id, source_seq, source_after, destination_id, destination_seq,
                    destination_after, amount_minor, recorded_at, held_change, hold_id, corrects,
                    expires_at, request_id, process_id, effective_on, type)
            select ?, source_id, source_seq, source_after, destination_id, destination_seq,
                   destination_after, amount_minor, recorded_at, held_change, hold_id, corrects,
                   expires_at, request_id, process_id, effective_on, type
              from ledger.transaction where id = ?
            """;

    static List<String> inserted(Handle handle) {
        long last = TamperedRows.id(handle, "select max(id) from ledger.transaction");
        handle.execute(COPY, last + 1, TamperedRows.id(handle, TamperedRows.TRANSFER));
        return List.of(
                "ROWS transaction " + (last + 1) + ": in the journal, but sealed by no batch");
    }

    static List<String> insertedBetween(Handle handle) {
        long id = TamperedRows.id(handle, TamperedRows.TRANSFER);
        handle.execute("alter table ledger.transaction drop constraint transaction_pkey cascade");
        handle.execute("update ledger.transaction set id = id + 1 where id > ?", id);
        handle.execute(COPY, id + 1, id);
        return List.of(
                "ROWS coin %s: has entry %s again"
                        .formatted(
                                TamperedRows.row(handle, id).get("source_id"),
                                TamperedRows.row(handle, id).get("source_seq")),
                "REQUEST transaction ");
    }

    static List<String> copied(Handle handle) {
        long id = TamperedRows.id(handle, TamperedRows.TRANSFER);
        handle.execute("alter table ledger.transaction drop constraint transaction_pkey cascade");
        handle.execute(COPY, id, id);
        return List.of("ROWS transaction " + id + ": in the journal, but sealed by no batch");
    }

    static List<String> exchanged(Handle handle) {
        long one = TamperedRows.id(handle, TamperedRows.TRANSFER);
        long other = one + 1;
        handle.execute("alter table ledger.transaction drop constraint transaction_pkey cascade");
        handle.execute(
                "update ledger.transaction set id = case id when ? then ? else ? end where id in (?, ?)",
                one,
                other,
                one,
                one,
                other);
        return List.of(
                "EXPLAINED transaction " + one + ": was exchanged with transaction " + other);
    }

    /// Sums stay zero, balances fit: all seems right.
    static List<String> doubled(Handle handle) {
        handle.execute("""
                update ledger.transaction
                   set amount_minor = 2 * amount_minor, source_after = 2 * source_after,
                       destination_after = 2 * destination_after, held_change = 2 * held_change
                """);
        handle.execute("update ledger.coin set balance = 2 * balance, held = 2 * held");
        handle.execute("""
                update ledger.hold
                   set amount_minor = 2 * amount_minor, remaining_minor = 2 * remaining_minor,
                       captured_minor = 2 * captured_minor
                """);
        handle.execute("update ledger.backdated set change_minor = 2 * change_minor");
        long batch = TamperedRows.id(
                handle, "select min(number) from ledger.batch where transactions > 0");
        long sum =
                handle.createQuery("""
                        select sum(amount_minor)::bigint from ledger.transaction t
                          join ledger.batch b on b.number = :batch
                           and t.id between b.first_transaction_id
                                        and b.first_transaction_id + b.transactions - 1
                        """).bind("batch", batch).mapTo(Long.class).one();
        return List.of(
                "EXPLAINED batch %d: all amounts were multiplied by 2: they sum to %d instead of %d, a difference of %+d"
                        .formatted(batch, sum, sum / 2, sum / 2));
    }

    static List<String> digest(Handle handle) {
        var id = TamperedRows.request(handle);
        handle.execute("update ledger.request set digest = sha256(digest) where id = ?", id);
        return List.of(
                "SEAL batch " + TamperedRows.batchOf(handle, id) + ": its requests give the root");
    }

    static List<String> requestId(Handle handle) {
        var before = TamperedRows.request(handle);
        var now = new UUID(before.getMostSignificantBits(), 5);
        handle.execute("update ledger.request set id = ? where id = ?", now, before);
        return List.of(
                "EXPLAINED request %s: id was changed from %s to %s".formatted(now, before, now));
    }

    static List<String> requestIdWithRows(Handle handle) {
        var before = TamperedRows.request(handle);
        long batch = TamperedRows.batchOf(handle, before);
        var now = new UUID(before.getMostSignificantBits(), 5);
        handle.execute("update ledger.request set id = ? where id = ?", now, before);
        handle.execute(
                "update ledger.transaction set request_id = ? where request_id = ?", now, before);
        return List.of(
                "SEAL batch " + batch + ": its requests",
                "SEAL batch " + batch + ": its transactions");
    }
}

package org.almonry.ledger.proof;

import org.jdbi.v3.core.Handle;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/// What a superuser may do to the rows of the journal and of the requests.
final class TamperedRows {
    /// A change, which gives what the verifier must say, as parts of one finding each.
    ///
    /// @param needsKept found only with checkpoints that were kept outside
    record Tamper(String name, Function<Handle, List<String>> change, boolean needsKept) {
        Tamper(String name, Function<Handle, List<String>> change) {
            this(name, change, false);
        }
    }

    /// A plain transfer in the middle whose request has more rows, so that its process can
    /// be told from them.
    static final String TRANSFER = """
            select t.id
              from ledger.transaction t
              join ledger.request r on r.id = t.request_id
             where t.type = 3 and t.corrects is null and t.id > 2000 and r.transactions >= 3
               and t.process_id is not null
               and t.effective_on = (t.recorded_at at time zone 'UTC')::date
             order by t.id
             limit 1
            """;

    private TamperedRows() {}

    static List<Tamper> all() {
        return List.of(
                new Tamper("amount", handle -> number(handle, TRANSFER, "amount_minor", 500)),
                new Tamper(
                        "amount of a redemption",
                        handle -> number(
                                handle,
                                "select id from ledger.transaction where type = 2 and id > 900 order by id limit 1",
                                "amount_minor",
                                -1)),
                new Tamper(
                        "balance after, of the source",
                        handle -> number(handle, TRANSFER, "source_after", 7)),
                new Tamper(
                        "balance after, of the destination",
                        handle -> number(handle, TRANSFER, "destination_after", -7)),
                new Tamper(
                        "sequence, of the source",
                        handle -> number(handle, TRANSFER, "source_seq", 1)),
                new Tamper(
                        "sequence, of the destination",
                        handle -> number(handle, TRANSFER, "destination_seq", -1)),
                new Tamper("amount and balances, all that follow too", TamperedRows::consistently),
                new Tamper("source", handle -> coin(handle, "source_id")),
                new Tamper("destination", handle -> coin(handle, "destination_id")),
                new Tamper("type", TamperedRows::type),
                new Tamper("type, to another that fits", handle -> {
                    long id = id(handle, TRANSFER);
                    handle.execute("update ledger.transaction set type = 10 where id = ?", id);
                    return List.of(
                            "EXPLAINED transaction " + id + ": type was changed from 3 to 10");
                }),
                new Tamper("effective date", TamperedRows::effective),
                new Tamper("recorded moment", TamperedRows::recorded),
                new Tamper("process", TamperedRows::process),
                new Tamper("request of a transaction", TamperedRows::requestOf),
                new Tamper("held change", TamperedRows::held),
                new Tamper("hold of a capture", TamperedRows::holdOf),
                new Tamper("expiry", TamperedRows::expiry),
                new Tamper("coin that an authorization is meant for", TamperedRows::intended),
                new Tamper("coin that a hold is meant for, everywhere", handle -> {
                    var found = intended(handle);
                    handle.execute(
                            "update ledger.hold h set destination_id = t.intended_id from ledger.transaction t where t.id = h.id");
                    return List.of(found.getFirst());
                }),
                new Tamper("what it corrects", TamperedRows::corrects),
                new Tamper("first row deleted", handle -> TamperedSets.deleted(handle, 1)),
                new Tamper(
                        "middle row deleted",
                        handle -> TamperedSets.deleted(handle, id(handle, TRANSFER))),
                new Tamper("last row deleted", TamperedSets::lastDeleted),
                new Tamper("row inserted at the end", TamperedSets::inserted),
                new Tamper("row inserted in the middle", TamperedSets::insertedBetween),
                new Tamper("row copied", TamperedSets::copied),
                new Tamper("rows exchanged", TamperedSets::exchanged),
                new Tamper("all doubled", TamperedSets::doubled),
                new Tamper("digest of a request", TamperedSets::digest),
                new Tamper("id of a request", TamperedSets::requestId),
                new Tamper("id of a request, with its rows", TamperedSets::requestIdWithRows),
                new Tamper("first transaction of a request", handle -> {
                    var id = request(handle);
                    handle.execute(
                            "update ledger.request set first_transaction_id = first_transaction_id + 1 where id = ?",
                            id);
                    return List.of(
                            "EXPLAINED request " + id + ": first_transaction_id was changed from ");
                }),
                new Tamper("transactions of a request", handle -> {
                    var id = request(handle);
                    handle.execute(
                            "update ledger.request set transactions = transactions + 1 where id = ?",
                            id);
                    return List.of("EXPLAINED request " + id + ": transactions was changed from ");
                }),
                new Tamper("request deleted", handle -> {
                    var id = request(handle);
                    long batch = batchOf(handle, id);
                    handle.execute("delete from ledger.request where id = ?", id);
                    return List.of("ROWS batch " + batch + ": has ", "SEAL batch " + batch);
                }),
                new Tamper("request inserted", handle -> {
                    long batch = batchOf(handle, request(handle));
                    handle.execute("""
                            insert into ledger.request
                            select gen_random_uuid(), first_transaction_id, number, 0, root
                              from ledger.batch where number = ?
                            """, batch);
                    return List.of("ROWS batch " + batch + ": has ", "SEAL batch " + batch);
                }),
                new Tamper("request filed elsewhere", handle -> {
                    var id = request(handle);
                    long batch = batchOf(handle, id);
                    handle.execute(
                            "update ledger.request set batch_number = batch_number + 3 where id = ?",
                            id);
                    return List.of(
                            "REQUEST request " + id,
                            "filed under batch " + (batch + 3),
                            "SEAL batch " + batch);
                }));
    }

    static long id(Handle handle, String query) {
        return handle.createQuery(query).mapTo(Long.class).one();
    }

    static String text(Handle handle, String query) {
        return handle.createQuery(query).mapTo(String.class).one();
    }

    static Map<String, Object> row(Handle handle, long id) {
        return handle.createQuery("select * from ledger.transaction where id = :id")
                .bind("id", id)
                .mapToMap()
                .one();
    }

    static UUID request(Handle handle) {
        return handle.createQuery("""
                        select r.id from ledger.request r
                         where r.first_transaction_id > 2500 and r.transactions >= 2
                         order by r.first_transaction_id limit 1
                        """).mapTo(UUID.class).one();
    }

    static long batchOf(Handle handle, UUID request) {
        return handle.createQuery("select batch_number from ledger.request where id = :id")
                .bind("id", request)
                .mapTo(Long.class)
                .one();
    }

    private static List<String> number(Handle handle, String query, String column, long change) {
        long id = id(handle, query);
        long before = (Long) row(handle, id).get(column);
        handle.createUpdate(
                        "update ledger.transaction set <column> = <column> + :change where id = :id")
                .define("column", column)
                .bind("change", change)
                .bind("id", id)
                .execute();
        return List.of("EXPLAINED transaction %d: %s was changed from %d to %d%s"
                .formatted(
                        id,
                        column,
                        before,
                        before + change,
                        column.endsWith("_seq")
                                ? ""
                                : ": a difference of %+d minor units".formatted(change)));
    }

    /// Moves 100 more, and mends all balances after it: nothing but the seal tells.
    private static List<String> consistently(Handle handle) {
        long id = id(handle, TRANSFER);
        var row = row(handle, id);
        handle.execute(
                "update ledger.transaction set amount_minor = amount_minor + 100 where id = ?", id);
        handle.execute(
                "update ledger.transaction set source_after = source_after - 100 where source_id = ? and id >= ?",
                row.get("source_id"),
                id);
        handle.execute(
                "update ledger.transaction set destination_after = destination_after - 100 where destination_id = ? and id >= ?",
                row.get("source_id"),
                id);
        handle.execute(
                "update ledger.transaction set source_after = source_after + 100 where source_id = ? and id >= ?",
                row.get("destination_id"),
                id);
        handle.execute(
                "update ledger.transaction set destination_after = destination_after + 100 where destination_id = ? and id >= ?",
                row.get("destination_id"),
                id);
        handle.execute(
                "update ledger.coin set balance = balance - 100 where id = ?",
                row.get("source_id"));
        handle.execute(
                "update ledger.coin set balance = balance + 100 where id = ?",
                row.get("destination_id"));
        long batch = handle.createQuery(
                        "select max(number) from ledger.batch where first_transaction_id <= :id and transactions > 0")
                .bind("id", id)
                .mapTo(Long.class)
                .one();
        return List.of("SEAL batch " + batch + ": its transactions");
    }

    private static List<String> coin(Handle handle, String column) {
        long id = id(handle, TRANSFER);
        long before = (Long) row(handle, id).get(column);
        long other = handle.createQuery("""
                        select min(o.id) from ledger.coin o
                          join ledger.coin c on c.issuer_id = o.issuer_id and c.currency = o.currency
                          join ledger.transaction t on t.id = :id
                         where c.id = t.source_id and o.id not in (t.source_id, t.destination_id)
                           and o.kind not in ('ISSUING', 'OVERHEAD') and o.closed_at is null
                        """).bind("id", id).mapTo(Long.class).one();
        handle.createUpdate("update ledger.transaction set <column> = :other where id = :id")
                .define("column", column)
                .bind("other", other)
                .bind("id", id)
                .execute();
        return List.of("EXPLAINED transaction %d: %s was changed from %d to %d"
                .formatted(id, column, before, other));
    }

    private static List<String> type(Handle handle) {
        long id = id(handle, TRANSFER);
        handle.execute("update ledger.transaction set type = 1 where id = ?", id);
        return List.of(
                "EXPLAINED transaction " + id + ": type was changed from 3 to 1",
                "TRANSACTION transaction " + id + ": does not have the form of its type 1");
    }

    private static List<String> effective(Handle handle) {
        long id = id(handle, TRANSFER);
        var before = row(handle, id).get("effective_on");
        handle.execute(
                "update ledger.transaction set effective_on = effective_on - 30 where id = ?", id);
        return List.of(
                "EXPLAINED transaction %d: effective_on was changed from %s to %s"
                        .formatted(id, before, row(handle, id).get("effective_on")),
                "ROWS transaction " + id + ": takes effect on");
    }

    private static List<String> recorded(Handle handle) {
        long id = id(handle, TRANSFER);
        handle.execute(
                "update ledger.transaction set recorded_at = recorded_at - interval '1 hour' where id = ?",
                id);
        return List.of(
                "EXPLAINED transaction " + id + ": recorded_at was changed from ",
                "TRANSACTION transaction " + id + ": says it was recorded at");
    }

    private static List<String> process(Handle handle) {
        long id = id(handle, TRANSFER);
        var before = row(handle, id).get("process_id");
        handle.execute(
                "update ledger.transaction set process_id = gen_random_uuid() where id = ?", id);
        return List.of("EXPLAINED transaction %d: process_id was changed from %s to %s"
                .formatted(id, before, row(handle, id).get("process_id")));
    }

    private static List<String> requestOf(Handle handle) {
        long id = id(handle, TRANSFER);
        var before = row(handle, id).get("request_id");
        handle.execute(
                "update ledger.transaction set request_id = gen_random_uuid() where id = ?", id);
        var now = row(handle, id).get("request_id");
        return List.of(
                "EXPLAINED transaction %d: request_id was changed from %s to %s"
                        .formatted(id, before, now),
                "REQUEST transaction %d: names request %s, but lies in that of %s"
                        .formatted(id, now, before));
    }

    private static List<String> held(Handle handle) {
        long id = id(
                handle,
                "select id from ledger.transaction where type = 8 and id > 2000 order by id limit 1");
        long before = (Long) row(handle, id).get("held_change");
        handle.execute(
                "update ledger.transaction set held_change = held_change - 1 where id = ?", id);
        return List.of(
                "EXPLAINED transaction %d: held_change was changed from %d to %d: a difference of -1 minor units"
                        .formatted(id, before, before - 1));
    }

    private static List<String> holdOf(Handle handle) {
        long id = id(
                handle,
                "select id from ledger.transaction where type = 10 and id > 2000 order by id limit 1");
        long before = (Long) row(handle, id).get("hold_id");
        handle.execute("update ledger.transaction set hold_id = hold_id - 1 where id = ?", id);
        return List.of(
                "transaction " + id + ": spends hold " + (before - 1),
                "HOLD hold " + before + ": its row says remaining_minor");
    }

    private static List<String> expiry(Handle handle) {
        long id = id(
                handle,
                "select id from ledger.transaction where expires_at is not null and id > 2000 order by id limit 1");
        handle.execute(
                "update ledger.transaction set expires_at = expires_at + interval '3 years' where id = ?",
                id);
        return List.of(
                "EXPLAINED transaction " + id + ": expires_at was changed from 2026-",
                "HOLD hold " + id + ": its row says expires_at 2026-");
    }

    private static List<String> intended(Handle handle) {
        long id = id(
                handle,
                "select id from ledger.transaction where intended_id is not null and id > 2000 order by id limit 1");
        long before = (Long) row(handle, id).get("intended_id");
        handle.execute("update ledger.transaction set intended_id = 4 where id = ?", id);
        return List.of(
                "EXPLAINED transaction %d: destination_id was changed from %d to 4"
                        .formatted(id, before),
                "HOLD hold %d: its row says destination_id %d, the journal says 4"
                        .formatted(id, before));
    }

    private static List<String> corrects(Handle handle) {
        long id = id(handle, "select max(id) from ledger.transaction where corrects is not null");
        var before = row(handle, id).get("corrects");
        handle.execute("update ledger.transaction set corrects = null where id = ?", id);
        return List.of(
                "EXPLAINED transaction %d: corrects was changed from %s to none"
                        .formatted(id, before),
                "CORRECTION transaction %s: is said to be corrected by transaction %d"
                        .formatted(before, id));
    }
}

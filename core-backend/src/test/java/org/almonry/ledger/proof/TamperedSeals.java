package org.almonry.ledger.proof;

import static org.almonry.ledger.proof.TamperedRows.id;
import static org.almonry.ledger.proof.TamperedRows.text;

import org.almonry.ledger.proof.TamperedRows.Tamper;
import org.jdbi.v3.core.Handle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// What a superuser may do to batches, the head and the checkpoints, from a changed number
/// up to a history that is sealed anew.
final class TamperedSeals {
    /// A batch in the middle.
    private static final long SOME = 60;

    private TamperedSeals() {}

    static List<Tamper> all() {
        return List.of(
                new Tamper("epoch of a batch", handle -> number(handle, "epoch", 1)),
                new Tamper("transactions of a batch", handle -> number(handle, "transactions", 1)),
                new Tamper("requests of a batch", handle -> number(handle, "requests", -1)),
                new Tamper(
                        "first transaction of a batch",
                        handle -> number(handle, "first_transaction_id", 2)),
                new Tamper("recorded moment of a batch", handle -> {
                    handle.execute(
                            "update ledger.batch set recorded_at = recorded_at + interval '2 s' where number = ?",
                            SOME);
                    return List.of("EXPLAINED batch 60: recorded_at was changed from 2026-");
                }),
                new Tamper("root of a batch", handle -> {
                    handle.execute(
                            "update ledger.batch set root = sha256(root) where number = ?", SOME);
                    return List.of("EXPLAINED batch 60: its root was changed");
                }),
                new Tamper("root of the requests of a batch", handle -> {
                    handle.execute(
                            "update ledger.batch set request_root = sha256(root) where number = ?",
                            SOME);
                    return List.of("EXPLAINED batch 60: its root was changed");
                }),
                new Tamper("chain of a batch", handle -> {
                    var before = text(
                            handle,
                            "select encode(chain, 'hex') from ledger.batch where number = 60");
                    handle.execute(
                            "update ledger.batch set chain = sha256(chain) where number = ?", SOME);
                    return List.of("EXPLAINED batch 60: chain was changed from " + before);
                }),
                new Tamper("batch deleted", handle -> {
                    long first = id(
                            handle,
                            "select first_transaction_id from ledger.batch where number = 60");
                    long last = id(
                            handle,
                            "select first_transaction_id - 1 from ledger.batch where number = 61");
                    handle.execute("delete from ledger.batch where number = ?", SOME);
                    return List.of(
                            "ROWS batch 60: missing, with transactions %d to %d"
                                    .formatted(first, last),
                            "ROWS transactions %d to %d: in the journal, but sealed by no batch"
                                    .formatted(first, last));
                }),
                new Tamper("batch deleted with its rows", handle -> {
                    deleteRows(handle, SOME, SOME);
                    handle.execute("delete from ledger.batch where number = ?", SOME);
                    return List.of(
                            "ROWS batch 60: missing, with transactions", "lacks its entries");
                }),
                new Tamper("batches exchanged", handle -> {
                    handle.execute(
                            "update ledger.batch set number = -number where number in (60, 61)");
                    handle.execute(
                            "update ledger.batch set number = 121 + number where number in (-60, -61)");
                    return List.of("CHAIN batch 60: its chain is ");
                }),
                new Tamper("batch inserted", handle -> {
                    handle.execute("""
                            insert into ledger.batch
                            select shard, number + 1, epoch, first_transaction_id, 0, 1, recorded_at, root, request_root, chain
                              from ledger.batch order by number desc limit 1
                            """);
                    long last = id(handle, "select max(number) from ledger.batch");
                    return List.of("batch " + last, "HEAD head: its batch_number is " + (last - 1));
                }),
                new Tamper("chain of the head", handle -> {
                    handle.execute("update ledger.head set chain = sha256(chain)");
                    return List.of("HEAD head: its chain is ");
                }),
                new Tamper("last transaction of the head", handle -> {
                    handle.execute(
                            "update ledger.head set last_transaction_id = last_transaction_id - 4");
                    return List.of("HEAD head: its last_transaction_id is ", "a difference of -4");
                }),
                new Tamper("moment of the head", handle -> {
                    handle.execute(
                            "update ledger.head set recorded_at = recorded_at - interval '1 h'");
                    return List.of("HEAD head: its recorded_at is ");
                }),
                new Tamper("epoch of the head", handle -> {
                    handle.execute("update ledger.head set epoch = -1");
                    return List.of("HEAD head: its epoch is -1, that of the last batch is 0");
                }),
                new Tamper("head deleted", handle -> {
                    handle.execute("delete from ledger.head");
                    return List.of("HEAD head: is missing");
                }),
                new Tamper("amount, and all sealed anew", handle -> {
                    rewrite(handle);
                    return rewritten(handle);
                }),
                new Tamper(
                        "all sealed anew, and the later checkpoints removed",
                        handle -> {
                            rewrite(handle);
                            var expected = rewritten(handle);
                            handle.execute("delete from ledger.checkpoint where size >= ?", SOME);
                            return List.of(
                                    expected.getFirst(),
                                    "was kept outside, but is not in the export");
                        },
                        true),
                new Tamper("forked: other rows, the same numbers", TamperedSeals::forked, true),
                new Tamper("tail cut off", handle -> {
                    long last = id(handle, "select max(size) from ledger.checkpoint");
                    cut(handle, last - 5);
                    return List.of(
                            "CHECKPOINT checkpoint of size %d: covers %d batches, but there are only %d: 5 are missing at the end"
                                    .formatted(last, last, last - 5));
                }),
                new Tamper(
                        "old state restored, with its checkpoints",
                        handle -> {
                            long last = id(handle, "select max(size) from ledger.checkpoint");
                            cut(handle, last - 5);
                            handle.execute("delete from ledger.checkpoint where size = ?", last);
                            return List.of(
                                    "checkpoint of size " + last
                                            + ": was kept outside, but is not in the export",
                                    "5 are missing at the end");
                        },
                        true),
                new Tamper("checkpoint edited", handle -> {
                    long size = id(handle, "select min(size) from ledger.checkpoint");
                    handle.execute(
                            "update ledger.checkpoint set note = replace(note, E'\\n' || size || E'\\n', E'\\n' || (size + 1) || E'\\n') where size = ?",
                            size);
                    return List.of("CHECKPOINT checkpoint of size " + (size + 1)
                            + ": was changed after it was signed");
                }),
                new Tamper("signature of a checkpoint edited", handle -> {
                    long size = id(handle, "select min(size) from ledger.checkpoint");
                    handle.execute(
                            "update ledger.checkpoint set note = overlay(note placing 'AAAA' from length(note) - 30) where size = ?",
                            size);
                    return List.of("CHECKPOINT checkpoint of size " + size
                            + ": was changed after it was signed");
                }),
                new Tamper("checkpoint of another root, signed by another key", handle -> {
                    long size = id(handle, "select min(size) from ledger.checkpoint");
                    handle.execute(
                            "update ledger.checkpoint set note = ? where size = ?",
                            forged(size),
                            size);
                    return List.of("CHECKPOINT checkpoint of size " + size
                            + ": is not signed by a key that was given");
                }),
                new Tamper(
                        "checkpoints exchanged",
                        handle -> {
                            long size = id(handle, "select max(size) from ledger.checkpoint");
                            handle.execute(
                                    "update ledger.checkpoint set note = (select note from ledger.checkpoint order by size limit 1) where size = ?",
                                    size);
                            return List.of("checkpoint of size " + size
                                    + ": was kept outside, but is not in the export");
                        },
                        true),
                new Tamper("all checkpoints removed", handle -> {
                    handle.execute("delete from ledger.checkpoint");
                    return List.of(
                            "CHECKPOINT log: no checkpoint of a key that was given confirms its ");
                }));
    }

    private static List<String> number(Handle handle, String column, int change) {
        long before = id(handle, "select " + column + " from ledger.batch where number = 60");
        handle.createUpdate(
                        "update ledger.batch set <column> = <column> + :change where number = :number")
                .define("column", column)
                .bind("change", change)
                .bind("number", SOME)
                .execute();
        return List.of("EXPLAINED batch 60: %s was changed from %d to %d"
                .formatted(column, before, before + change));
    }

    /// Other effect, sealed from there on as if it had been so.
    private static void rewrite(Handle handle) {
        long id = id(handle, """
                select min(t.id) from ledger.transaction t
                  join ledger.batch b on b.number = 60 and t.id >= b.first_transaction_id
                 where t.process_id is not null
                """);
        handle.execute(
                "update ledger.transaction set process_id = gen_random_uuid() where id = ?", id);
        TamperedBooks.sealAnew(handle, SOME);
    }

    private static List<String> rewritten(Handle handle) {
        long before =
                id(handle, "select coalesce(max(size), 0) from ledger.checkpoint where size < 60");
        long after = id(handle, "select min(size) from ledger.checkpoint where size >= 60");
        return List.of(
                "CHECKPOINT checkpoint of size " + after + ": signed the root ",
                "history was rewritten at or after batch %d and up to batch %d"
                        .formatted(before + 1, after));
    }

    /// The last signed batches are taken away and others written in their place.
    private static List<String> forked(Handle handle) {
        long last = id(handle, "select max(size) from ledger.checkpoint");
        handle.execute(
                "update ledger.request set digest = sha256(digest) where batch_number >= ?",
                last - 3);
        TamperedBooks.sealAnew(handle, last - 3);
        handle.execute("delete from ledger.checkpoint where size = ?", last);
        return List.of("CHECKPOINT checkpoint of size " + last + ": signed the root ");
    }

    private static void deleteRows(Handle handle, long from, long to) {
        handle.execute("""
                delete from ledger.transaction t using ledger.batch b
                 where b.number between ? and ?
                   and t.id between b.first_transaction_id and b.first_transaction_id + b.transactions - 1
                """, from, to);
        handle.execute("delete from ledger.request where batch_number between ? and ?", from, to);
    }

    /// Leaves the books as they were after this batch, and leaves nothing that tells.
    private static void cut(Handle handle, long last) {
        deleteRows(handle, last + 1, Integer.MAX_VALUE);
        handle.execute("delete from ledger.batch where number > ?", last);
        handle.execute("""
                update ledger.head h
                   set batch_number = b.number, last_transaction_id = b.first_transaction_id + b.transactions - 1,
                       recorded_at = b.recorded_at, chain = b.chain
                  from ledger.batch b where b.number = ?
                """, last);
    }

    private static String forged(long size) {
        try {
            var folder = Files.createTempDirectory("forged");
            Path file = folder.resolve("key.pem");
            CheckpointKey.create(file);
            var key = CheckpointKey.read(file, TamperedBooks.ORIGIN);
            Files.delete(file);
            Files.delete(folder);
            return Checkpoint.signed(key, size, new byte[Merkle.HASH], Instant.EPOCH)
                    .note();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.almonry.ledger.proof;

import org.almonry.testing.TestDatabase;
import org.almonry.verifier.NoteKey;
import org.almonry.verifier.Report;
import org.almonry.verifier.Verifier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/// A ledger with checkpoints, which a superuser may change: in a transaction of his own,
/// whose view is exported and then undone, so that each change finds the ledger clean.
final class TamperedBooks implements AutoCloseable {
    static final String ORIGIN = "almonry.test/ledger";

    final TestDatabase database = TestDatabase.fresh();
    final SealedBooks books;
    final CheckpointKey key;
    final NoteKey publicKey;
    private final Path folder;
    private int exports;

    TamperedBooks(Path folder, long transactions, int perBatch) throws SQLException {
        this.folder = folder;
        var file = folder.resolve("checkpoint.pem");
        CheckpointKey.create(file);
        key = CheckpointKey.read(file, ORIGIN);
        publicKey = NoteKey.parse(key.verifierKey());
        books = new SealedBooks(database.superuserJdbi(), 7);
        var proofs = new Proofs(database.accounting(), key, Clock.systemUTC());
        for (int stage = 1; stage <= 5; stage++) {
            books.fill(transactions * stage / 5, perBatch);
            proofs.sign();
        }
        // Some batches are not signed for yet, as always.
        books.fill(transactions + 40, perBatch);
    }

    /// Changes something, exports, and undoes the change. Gives what the change returns,
    /// and the folder.
    <T> T tampered(Function<Handle, T> change, Path into) {
        return database.superuserJdbi().withHandle(handle -> {
            handle.begin();
            try {
                handle.execute("set local session_replication_role = replica");
                var result = change.apply(handle);
                new LedgerExport(database.accounting(), Clock.systemUTC()).write(handle, into);
                return result;
            } finally {
                handle.rollback();
            }
        });
    }

    Path export() {
        var into = next();
        new LedgerExport(database.accounting(), Clock.systemUTC()).write(into);
        return into;
    }

    Path next() {
        return folder.resolve("export" + exports++);
    }

    Report verify(Path export, List<Path> kept, @Nullable Path state) {
        return Verifier.verify(export, List.of(publicKey), kept, state);
    }

    /// The notes of all checkpoints, as an outsider keeps them.
    Path keepNotes() {
        var file = folder.resolve("kept" + exports++ + ".txt");
        var notes = database.accounting()
                .withHandle(handle -> handle.createQuery(
                                "select note from ledger.checkpoint order by size")
                        .mapTo(String.class)
                        .list());
        try {
            return Files.writeString(file, String.join("\n", notes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Seals all batches from this one on anew, over the rows as they are now: what an
    /// attacker does who owns the database and reads the source.
    static void sealAnew(Handle handle, long from) {
        long last = handle.createQuery("select max(number) from ledger.batch")
                .mapTo(Long.class)
                .one();
        var rows = ProofStore.batches(handle, from, last);
        var chain = rows.getFirst().seal().previousChain();
        for (var row : rows) {
            var seal = row.seal();
            var leaves =
                    ProofStore.leaves(handle, seal.first(), seal.first() + seal.transactions() - 1)
                            .stream()
                            .map(Merkle::leaf)
                            .toList();
            var requests = handle.createQuery("""
                            select id, digest, first_transaction_id, transactions
                              from ledger.request
                             where batch_number = :number
                            """)
                    .bind("number", seal.number())
                    .map((each, context) -> new RequestLeaf(
                            each.getObject("id", UUID.class),
                            each.getBytes("digest"),
                            each.getLong("first_transaction_id"),
                            each.getInt("transactions")))
                    .list();
            var anew = new BatchSeal(
                    seal.shard(),
                    seal.number(),
                    seal.epoch(),
                    seal.first(),
                    seal.transactions(),
                    requests.size(),
                    seal.recordedAt(),
                    Merkle.root(leaves),
                    RequestLeaf.root(requests),
                    chain);
            chain = anew.chain();
            handle.execute(
                    "update ledger.batch set root = ?, request_root = ?, chain = ?, requests = ? where number = ?",
                    anew.root(),
                    anew.requestRoot(),
                    chain,
                    anew.requests(),
                    anew.number());
        }
        handle.execute("update ledger.head set chain = ?", chain);
    }

    @Override
    public void close() {
        database.close();
    }
}

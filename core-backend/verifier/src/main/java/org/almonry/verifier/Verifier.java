package org.almonry.verifier;

import static org.almonry.verifier.Finding.Kind.CHAIN;
import static org.almonry.verifier.Finding.Kind.COIN;
import static org.almonry.verifier.Finding.Kind.HEAD;
import static org.almonry.verifier.Finding.Kind.PERIOD;
import static org.almonry.verifier.Finding.Kind.ROWS;
import static org.almonry.verifier.Finding.Kind.SEAL;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Verifies an export, in one pass over each file.
public final class Verifier {
    /// Batches that do not fit and are explained; with more, all of history was changed.
    private static final int EXPLAINED_MAX = 20;

    private static final String HEAD_HEADER =
            "shard,epoch,batch_number,last_transaction_id,recorded_at,chain";

    private final Export export;
    private final Findings findings = new Findings();
    private final Hints hints = new Hints();
    private final ChainCheck chains = new ChainCheck(findings);
    private final Log log = new Log();
    private final List<Hashing.Mismatch> mismatches = new ArrayList<>();
    private final Tables tables;
    private final Books books;
    private final Notes notes;
    private final @Nullable Memory memory;
    private final @Nullable Path state;
    private final long trusted;
    private long mismatchCount;
    private boolean isLogWhole = true;

    private Verifier(Path folder, List<NoteKey> keys, List<Path> kept, @Nullable Path state) {
        export = new Export(folder);
        tables = new Tables(export, findings);
        books = new Books(tables, findings, hints);
        notes = new Notes(export, kept, keys, findings);
        this.state = state;
        memory = state == null ? null : Memory.read(state);
        trusted = memory != null && memory.holds(export, tables) ? memory.batches() : 0;
    }

    /// Verifies.
    ///
    /// @param keys that sign checkpoints
    /// @param kept files with checkpoints that were kept outside, so nobody could change
    ///     them
    /// @param state where to remember how far the books were found clean; null: nowhere
    public static Report verify(
            Path folder, List<NoteKey> keys, List<Path> kept, @Nullable Path state) {
        requireNonNull(folder, "folder is null");
        if (keys.isEmpty()) {
            throw new Unusable("without a public key nothing can be verified");
        }
        try {
            return new Verifier(folder, keys, kept, state).run();
        } catch (OutOfMemoryError e) {
            throw new Unusable("the export is too large for this machine", e);
        }
    }

    private Report run() {
        long transactions;
        try (tables;
                var hashing = new Hashing(this::mismatch);
                var journal = new Journal(export, tables, books, findings)) {
            batches(journal, hashing);
            hashing.finish();
            journal.end();
            transactions = journal.transactions();
            tables.compare(books, findings, hints);
        }
        head();
        notes.end(log);
        explain();
        remembered();
        if (findings.isEmpty() && state != null) {
            Memory.write(state, export, tables, log);
        }
        return new Report(
                log.size(),
                transactions,
                tables.coinList.size(),
                notes.count(),
                notes.confirmed(),
                trusted,
                findings.count(),
                findings.kept());
    }

    private void batches(Journal journal, Hashing hashing) {
        try (var file = export.open("batches.csv", Batch.HEADER)) {
            notes.reached(log, true);
            var next = file.next() ? Batch.read(file) : null;
            while (next != null) {
                var batch = next;
                next = file.next() ? Batch.read(file) : null;
                var sealed = chains.next(batch, next, journal.recordedAtNext());
                journal.batch(sealed, sealed.number() > trusted ? hashing : null);
                isLogWhole &= sealed.number() == log.size() + 1;
                log.append(sealed.chain());
                notes.reached(log, isLogWhole);
                remember();
            }
        }
    }

    private void mismatch(Hashing.Mismatch mismatch) {
        mismatchCount++;
        mismatch.coins().forEach(id -> tables.coin(id).badBatches++);
        if (mismatches.size() < EXPLAINED_MAX) {
            mismatches.add(mismatch);
        } else {
            findings.add(SEAL, mismatch.batch().place(), "its rows do not give what was sealed");
        }
    }

    /// Goes through what does not fit, now that all hints are known.
    private void explain() {
        var explainer = new Explainer(tables, hints, findings);
        boolean isExplained = true;
        for (var each : mismatches) {
            isExplained &= chains.explainByRoot(each.batch(), each.root(), each.requestRoot())
                    || explainer.explain(each);
        }
        if (mismatchCount < 2 || isExplained) {
            return;
        }
        for (var coin : tables.coinList) {
            if (coin.badBatches == mismatchCount && coin.batches == mismatchCount) {
                findings.add(
                        COIN,
                        coin.place(),
                        ("every batch with an entry of it does not fit its seal, and no other batch:"
                                        + " its kind (now %s), owner (now %s), issuer,"
                                        + " currency or scale was changed")
                                .formatted(coin.kind, coin.owner));
            }
        }
    }

    private void head() {
        var last = chains.last();
        try (var file = export.open("head.csv", HEAD_HEADER)) {
            if (!file.next()) {
                findings.add(HEAD, "head", "is missing");
                return;
            }
            long epoch = file.number(1);
            differs("batch_number", file.number(2), last == null ? 0 : last.number());
            differs("last_transaction_id", file.number(3), last == null ? 0 : last.end() - 1);
            var chain = file.hash(5);
            var lastChain = last == null ? ChainCheck.NO_CHAIN : last.chain();
            if (!ChainCheck.same(chain, lastChain)) {
                findings.add(
                        HEAD,
                        "head",
                        "its chain is %s, that of the last batch is %s"
                                .formatted(ChainCheck.hex(chain), ChainCheck.hex(lastChain)));
            }
            if (last != null) {
                long recordedAt = file.number(4);
                if (recordedAt != last.recordedAt()) {
                    findings.add(
                            HEAD,
                            "head",
                            "its recorded_at is %s, that of the last batch is %s"
                                    .formatted(
                                            Field.moment(recordedAt),
                                            Field.moment(last.recordedAt())));
                }
                if (epoch < last.epoch()) {
                    findings.add(
                            HEAD,
                            "head",
                            "its epoch is %d, that of the last batch is %d"
                                    .formatted(epoch, last.epoch()));
                }
            }
        }
    }

    private void differs(String field, long stated, long right) {
        if (stated != right) {
            findings.add(
                    HEAD,
                    "head",
                    "its %s is %d, the batches say %d: a difference of %+d"
                            .formatted(field, stated, right, stated - right));
        }
    }

    /// The log at the size of the last run must have the root of then.
    private void remember() {
        if (memory != null
                && log.size() == memory.batches()
                && !memory.root().equals(ChainCheck.hex(log.root()))) {
            findings.add(
                    CHAIN,
                    "batches up to " + log.size(),
                    "are not those that were verified before: the root of the log was %s, it is %s"
                            .formatted(memory.root(), ChainCheck.hex(log.root())));
        }
    }

    private void remembered() {
        if (memory == null) {
            return;
        }
        if (memory.batches() > log.size()) {
            findings.add(
                    ROWS,
                    "batches",
                    "there were %d when they were last verified, there are %d: %d are missing at the end"
                            .formatted(
                                    memory.batches(), log.size(), memory.batches() - log.size()));
        }
        for (var period : memory.lostPeriods(tables)) {
            findings.add(PERIOD, period, "was closed when it was last verified, and is not now");
        }
    }
}

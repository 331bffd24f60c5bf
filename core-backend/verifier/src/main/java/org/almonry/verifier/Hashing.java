package org.almonry.verifier;

import java.security.DigestException;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/// Computes the leaves and roots of batches on all cores, while the rows are read on. What
/// does not fit comes back in the order of the batches.
final class Hashing implements AutoCloseable {
    /// Bytes of leaves per job: enough to be worth a hand-over, few enough to be spread.
    private static final int JOB_BYTES = 1 << 20;

    private record Part(
            Batch batch, int transactions, int requests, int lastLeaf, int lastRequest) {}

    /// Leaves of some batches. Handed over, hashed, and used again: fresh memory costs more
    /// than it looks, because it is in no cache.
    private static final class Job {
        final Leaves transactions = new Leaves(JOB_BYTES);
        final Leaves requests = new Leaves(JOB_BYTES);
        final List<Part> parts = new ArrayList<>();

        int bytes() {
            return transactions.size() + requests.size();
        }

        void clear() {
            transactions.clear();
            requests.clear();
            parts.clear();
        }
    }

    private record Running(Job job, Future<List<Mismatch>> result) {}

    /// A batch whose rows do not give its roots.
    ///
    /// @param leaves fields of its transactions
    /// @param requestLeaves fields of its requests
    /// @param coins that its transactions move
    record Mismatch(
            Batch batch,
            byte[] root,
            byte[] requestRoot,
            List<List<byte[]>> leaves,
            List<List<byte[]>> requestLeaves,
            Set<Long> coins) {}

    private final ExecutorService workers;
    private final int ahead;
    private final ArrayDeque<Running> running = new ArrayDeque<>();
    private final ArrayDeque<Job> spare = new ArrayDeque<>();
    private final Consumer<Mismatch> sink;
    private Job job = new Job();
    private int doneTransactions;
    private int doneRequests;

    Hashing(Consumer<Mismatch> sink) {
        this.sink = sink;
        int cores = Runtime.getRuntime().availableProcessors();
        workers = Executors.newFixedThreadPool(cores, work -> {
            var thread = new Thread(work, "hash");
            thread.setDaemon(true);
            return thread;
        });
        ahead = 2 * cores + 1;
    }

    /// Where the leaves of the batch's transactions go.
    Leaves transactions() {
        return job.transactions;
    }

    Leaves requests() {
        return job.requests;
    }

    /// All leaves of this batch are written.
    void end(Batch batch) {
        int transactions = job.transactions.count;
        int requests = job.requests.count;
        job.parts.add(new Part(
                batch,
                transactions - doneTransactions,
                requests - doneRequests,
                transactions,
                requests));
        doneTransactions = transactions;
        doneRequests = requests;
        if (job.bytes() > JOB_BYTES) {
            hand();
        }
    }

    /// Waits for what is under way.
    void finish() {
        hand();
        while (!running.isEmpty()) {
            take();
        }
    }

    private void hand() {
        var full = job;
        running.add(new Running(full, workers.submit(() -> run(full))));
        while (running.size() > ahead) {
            take();
        }
        job = spare.isEmpty() ? new Job() : spare.remove();
        doneTransactions = 0;
        doneRequests = 0;
    }

    private void take() {
        try {
            var done = running.remove();
            done.result().get().forEach(sink);
            done.job().clear();
            spare.add(done.job());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unusable("the verification was interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("hashing failed", e);
        }
    }

    private static List<Mismatch> run(Job job) {
        var sha = Sha.digest();
        var result = new ArrayList<Mismatch>();
        for (var part : job.parts) {
            int firstLeaf = part.lastLeaf() - part.transactions();
            int firstRequest = part.lastRequest() - part.requests();
            var root = root(sha, job.transactions, firstLeaf, part.transactions());
            var requestRoot = root(sha, job.requests, firstRequest, part.requests());
            if (!Arrays.equals(root, part.batch().root())
                    || !Arrays.equals(requestRoot, part.batch().requestRoot())) {
                result.add(new Mismatch(
                        part.batch(),
                        root,
                        requestRoot,
                        fields(job.transactions, firstLeaf, part.lastLeaf()),
                        fields(job.requests, firstRequest, part.lastRequest()),
                        coins(job.transactions, firstLeaf, part.lastLeaf())));
            }
        }
        return result;
    }

    private static byte[] root(MessageDigest sha, Leaves leaves, int first, int count) {
        var hashes = new byte[Math.max(1, count) * Sha.SIZE];
        try {
            for (int i = 0; i < count; i++) {
                int from = first + i == 0 ? 0 : leaves.ends[first + i - 1];
                sha.update(leaves.bytes, from, leaves.ends[first + i] - from);
                sha.digest(hashes, i * Sha.SIZE, Sha.SIZE);
            }
        } catch (DigestException e) {
            throw new IllegalStateException("a hash has 32 bytes", e);
        }
        return Sha.root(sha, hashes, count);
    }

    private static List<List<byte[]>> fields(Leaves leaves, int from, int to) {
        var result = new ArrayList<List<byte[]>>();
        for (int i = from; i < to; i++) {
            result.add(leaves.fields(i));
        }
        return result;
    }

    private static Set<Long> coins(Leaves leaves, int from, int to) {
        var result = new HashSet<Long>();
        for (int i = from; i < to; i++) {
            var fields = leaves.fields(i);
            result.add(Leaves.value(fields.get(Field.SOURCE_ID.place())));
            result.add(Leaves.value(fields.get(Field.DESTINATION_ID.place())));
        }
        return result;
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}

package org.almonry.bench.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Clients as virtual threads: each asks again as soon as it was answered.
final class ClosedLoop {

    /// One durable step of one client; it counts for this many transfers.
    interface Step {
        int run() throws Exception;
    }

    private static final int FIRST_ROOM = 1024;

    private ClosedLoop() {}

    static Run run(int clients, Duration window, Step step) throws InterruptedException {
        long begun = System.nanoTime();
        long end = begun + window.toNanos();
        var all = new ArrayList<Future<Client>>(clients);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < clients; i++) {
                all.add(threads.submit(() -> new Client().until(end, step)));
            }
        }
        // Until the last one was answered: who is still waiting at the end counts too.
        double seconds = (System.nanoTime() - begun) / 1e9;
        long transfers = 0;
        int steps = 0;
        for (var each : all) {
            transfers += client(each).transfers;
            steps += client(each).steps;
        }
        var nanos = new long[steps];
        int filled = 0;
        for (var each : all) {
            var client = client(each);
            System.arraycopy(client.nanos, 0, nanos, filled, client.steps);
            filled += client.steps;
        }
        return Run.of(transfers, seconds, nanos);
    }

    private static Client client(Future<Client> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a client failed: " + e.getCause(), e.getCause());
        }
    }

    private static final class Client {
        private long[] nanos = new long[FIRST_ROOM];
        private int steps;
        private long transfers;

        Client until(long end, Step step) throws Exception {
            long now = System.nanoTime();
            while (now < end) {
                transfers += step.run();
                long answered = System.nanoTime();
                if (steps == nanos.length) {
                    nanos = Arrays.copyOf(nanos, 2 * steps);
                }
                nanos[steps++] = answered - now;
                now = answered;
            }
            return this;
        }
    }
}

package org.almonry.bench.ledger;

import io.grpc.stub.StreamObserver;

import org.almonry.ledger.v1.LedgerServiceGrpc;
import org.almonry.ledger.v1.PostStreamRequest;
import org.almonry.ledger.v1.PostStreamResponse;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.LongStream;

/// One stream that is kept filled: each answer sends the next message, until the time is
/// over. Answers come as batches become durable, in any order, so that each is matched by
/// its first request.
final class WireStream implements StreamObserver<PostStreamResponse> {

    private final WirePath path;
    private final Load load;
    private final Map<String, Long> sent = new HashMap<>();
    private final LongStream.Builder nanos = LongStream.builder();
    private final CompletableFuture<Long> ended = new CompletableFuture<>();
    private final StreamObserver<PostStreamRequest> out;
    private long until;
    private long transfers;
    private boolean isClosing;

    WireStream(WirePath path, Load load) {
        this.path = path;
        this.load = load;
        this.out = LedgerServiceGrpc.newStub(path.channel()).postStream(this);
    }

    Run run(Duration window) throws InterruptedException {
        long begun = System.nanoTime();
        synchronized (this) {
            until = begun + window.toNanos();
            for (int i = 0; i < WireContender.UNDER_WAY; i++) {
                send();
            }
        }
        try {
            double seconds = (ended.get() - begun) / 1e9;
            synchronized (this) {
                return Run.of(transfers, seconds, nanos.build().toArray());
            }
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        }
    }

    private void send() {
        var postings = WireContender.postings(path, load);
        sent.put(postings.getFirst().getRequestId(), System.nanoTime());
        out.onNext(PostStreamRequest.newBuilder().addAllPostings(postings).build());
    }

    @Override
    public synchronized void onNext(PostStreamResponse answer) {
        long now = System.nanoTime();
        WirePath.requirePosted(answer.getResultsList());
        var begun = sent.remove(answer.getResults(0).getRequestId());
        if (begun == null) {
            throw new IllegalStateException("an answer to nothing");
        }
        nanos.add(now - begun);
        transfers += answer.getResultsCount();
        if (now < until) {
            send();
        } else if (!isClosing) {
            isClosing = true;
            out.onCompleted();
        }
    }

    @Override
    public void onError(Throwable thrown) {
        ended.completeExceptionally(thrown);
    }

    @Override
    public void onCompleted() {
        ended.complete(System.nanoTime());
    }
}

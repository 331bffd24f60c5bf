package org.almonry.ledger.rpc;

import static java.util.Objects.requireNonNull;

import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

import org.almonry.ledger.v1.PostStreamRequest;
import org.almonry.ledger.v1.PostStreamResponse;
import org.almonry.wire.Caller;

/// One stream of postings. Each message is posted on a thread of its own and answered when
/// it is durable, so that the next ones are decoded and queued while the database commits.
///
/// The next message is read when one was answered and the other side takes answers: a
/// caller who does not read them stops being read.
final class PostStreamRpc implements StreamObserver<PostStreamRequest> {
    /// Messages under way at once: enough to keep the engine's queue filled, few enough to
    /// bound what a stream holds in memory (a message has at most 1 MiB).
    static final int IN_FLIGHT_MAX = 8;

    private final PostingCodec postings;
    private final Caller caller;
    private final ServerCallStreamObserver<PostStreamResponse> answer;
    private int underWay;
    private int unread;
    private boolean isHalfClosed;
    private boolean isEnded;

    /// Takes over the call; reads the first messages.
    PostStreamRpc(
            PostingCodec postings,
            Caller caller,
            ServerCallStreamObserver<PostStreamResponse> answer) {
        this.postings = requireNonNull(postings, "postings is null");
        this.caller = requireNonNull(caller, "caller is null");
        this.answer = requireNonNull(answer, "answer is null");
        answer.disableAutoRequest();
        answer.setOnReadyHandler(this::readOn);
        answer.setOnCancelHandler(this::end);
        answer.request(IN_FLIGHT_MAX);
    }

    @Override
    public synchronized void onNext(PostStreamRequest message) {
        underWay++;
        Thread.ofVirtual().name("post-stream").start(Context.current().wrap(() -> post(message)));
    }

    @Override
    public synchronized void onError(Throwable thrown) {
        // The caller has gone. What is under way is posted; nobody is told.
        isEnded = true;
    }

    @Override
    public synchronized void onCompleted() {
        isHalfClosed = true;
        completeIfDone();
    }

    private void post(PostStreamRequest message) {
        try {
            var results = postings.post(message.getPostingsList(), caller);
            answer(PostStreamResponse.newBuilder().addAllResults(results).build());
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    private synchronized void answer(PostStreamResponse results) {
        underWay--;
        if (isEnded) {
            return;
        }
        answer.onNext(results);
        unread++;
        readOn();
        completeIfDone();
    }

    private synchronized void readOn() {
        if (!isEnded && unread > 0 && answer.isReady()) {
            answer.request(unread);
            unread = 0;
        }
    }

    private synchronized void fail(Throwable thrown) {
        underWay--;
        if (!isEnded) {
            isEnded = true;
            answer.onError(thrown);
        }
    }

    private synchronized void end() {
        isEnded = true;
    }

    private void completeIfDone() {
        if (isHalfClosed && underWay == 0 && !isEnded) {
            isEnded = true;
            answer.onCompleted();
        }
    }
}

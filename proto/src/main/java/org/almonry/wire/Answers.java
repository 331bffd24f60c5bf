package org.almonry.wire;

import io.grpc.stub.StreamObserver;

/// Answers of calls that have a single one.
public final class Answers {
    private Answers() {}

    public static <T> void send(StreamObserver<T> answer, T message) {
        answer.onNext(message);
        answer.onCompleted();
    }
}

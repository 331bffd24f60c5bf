package org.almonry.testing;

import io.grpc.stub.StreamObserver;

import org.almonry.wire.Caller;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Takes the one answer of a call to an adapter, without a wire in between.
public final class Answer<T> implements StreamObserver<T> {
    private final List<T> answers = new ArrayList<>();
    private boolean isCompleted;

    /// Calls on behalf of somebody and gives back the answer.
    public static <T> T of(Caller caller, Consumer<StreamObserver<T>> call) {
        var answer = new Answer<T>();
        Callers.run(caller, () -> call.accept(answer));
        if (answer.answers.size() != 1 || !answer.isCompleted) {
            throw new AssertionError("a call gives exactly one answer and completes");
        }
        return answer.answers.getFirst();
    }

    @Override
    public void onNext(T value) {
        answers.add(value);
    }

    @Override
    public void onError(Throwable thrown) {
        throw new AssertionError("adapters throw", thrown);
    }

    @Override
    public void onCompleted() {
        isCompleted = true;
    }
}

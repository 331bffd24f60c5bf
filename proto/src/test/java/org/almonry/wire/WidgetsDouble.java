package org.almonry.wire;

import io.grpc.stub.StreamObserver;

import org.almonry.error.v1.Reason;
import org.almonry.widgets.v1.CreatePledgeRequest;
import org.almonry.widgets.v1.CreatePledgeResponse;
import org.almonry.widgets.v1.GetProfileRequest;
import org.almonry.widgets.v1.GetProfileResponse;
import org.almonry.widgets.v1.Profile;
import org.almonry.widgets.v1.WidgetServiceGrpc;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// A widget service of the tests that answers what the slug asks for.
final class WidgetsDouble extends WidgetServiceGrpc.WidgetServiceImplBase {
    static final BlockingQueue<Boolean> CANCELLED = new ArrayBlockingQueue<>(1);

    @Override
    public void getProfile(GetProfileRequest request, StreamObserver<GetProfileResponse> observer) {
        var name = switch (request.getSlug()) {
            case "who" -> Caller.current().actor();
            case "deadline" ->
                String.valueOf(io.grpc.Context.current()
                        .getDeadline()
                        .timeRemaining(TimeUnit.MILLISECONDS));
            case "slow" -> waitForCancel();
            case "missing" -> throw new Failure(Reason.NOT_FOUND, "There is no such nonprofit.");
            case "bug" -> throw new IllegalStateException("secret");
            case "assertion" -> throw new AssertionError("secret");
            default -> request.getSlug();
        };
        switch (name) {
            case "by-observer" -> observer.onError(new Failure(Reason.WRONG_STATE, "Not now."));
            case "bug-by-observer" -> observer.onError(new IllegalStateException("secret"));
            case "foreign-status" ->
                observer.onError(
                        io.grpc.Status.DATA_LOSS.withDescription("secret").asRuntimeException());
            default -> {
                observer.onNext(GetProfileResponse.newBuilder()
                        .setProfile(Profile.newBuilder().setName(name))
                        .build());
                observer.onCompleted();
            }
        }
    }

    private static String waitForCancel() {
        var context = io.grpc.Context.current();
        try {
            for (int i = 0; i < 3000 && !context.isCancelled(); i++) {
                Thread.sleep(10);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        CANCELLED.add(context.isCancelled());
        return "late";
    }

    @Override
    public void createPledge(
            CreatePledgeRequest request, StreamObserver<CreatePledgeResponse> observer) {
        observer.onNext(CreatePledgeResponse.getDefaultInstance());
        observer.onCompleted();
    }
}

package org.almonry.gateway.testing;

import io.grpc.stub.StreamObserver;

import org.almonry.error.v1.Reason;
import org.almonry.ledger.v1.CheckRun;
import org.almonry.ledger.v1.GetCheckStateRequest;
import org.almonry.ledger.v1.GetCheckStateResponse;
import org.almonry.ledger.v1.LedgerCheckServiceGrpc.LedgerCheckServiceImplBase;
import org.almonry.ledger.v1.LedgerHalt;
import org.almonry.ledger.v1.LiftHaltRequest;
import org.almonry.ledger.v1.LiftHaltResponse;
import org.almonry.ledger.v1.RunCheckRequest;
import org.almonry.ledger.v1.RunCheckResponse;
import org.almonry.wire.Failure;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Right books, or halted ones if a test says so.
public final class FakeCheck extends LedgerCheckServiceImplBase {

    /// A fault that is dangerous in markup.
    public static final String FAULT = "coin_4: 5 <i>instead</i> of 4";

    public volatile boolean halted;
    public final List<LiftHaltRequest> lifts = new CopyOnWriteArrayList<>();

    private CheckRun run() {
        var run = CheckRun.newBuilder()
                .setStartedAt(LedgerSamples.AT)
                .setEndedAt(LedgerSamples.AT)
                .setRight(!halted)
                .setComplete(!halted)
                .setCheckedToTransactionId("txn_12")
                .setCoins(4)
                .setTransactions(12);
        return (halted ? run.addFaults(FAULT) : run).build();
    }

    @Override
    public void getCheckState(
            GetCheckStateRequest request, StreamObserver<GetCheckStateResponse> out) {
        var state = GetCheckStateResponse.newBuilder().setLast(run());
        if (halted) {
            state.setHalt(LedgerHalt.newBuilder()
                    .setSince(LedgerSamples.AT)
                    .setWho("job:ledger-check")
                    .setWhy(FAULT));
        }
        out.onNext(state.build());
        out.onCompleted();
    }

    @Override
    public void runCheck(RunCheckRequest request, StreamObserver<RunCheckResponse> out) {
        out.onNext(RunCheckResponse.newBuilder().setRun(run()).build());
        out.onCompleted();
    }

    @Override
    public void liftHalt(LiftHaltRequest request, StreamObserver<LiftHaltResponse> out) {
        if (!request.getAcceptFaults()) {
            throw new Failure(Reason.WRONG_STATE, "The books are still wrong.");
        }
        lifts.add(request);
        halted = false;
        out.onNext(LiftHaltResponse.getDefaultInstance());
        out.onCompleted();
    }
}

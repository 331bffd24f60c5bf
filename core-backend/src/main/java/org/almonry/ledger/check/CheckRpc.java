package org.almonry.ledger.check;

import static org.almonry.wire.Answers.send;

import static java.util.Objects.requireNonNull;

import io.grpc.stub.StreamObserver;

import org.almonry.ledger.v1.GetCheckStateRequest;
import org.almonry.ledger.v1.GetCheckStateResponse;
import org.almonry.ledger.v1.GetLedgerStateResponse;
import org.almonry.ledger.v1.LedgerCheckServiceGrpc.LedgerCheckServiceImplBase;
import org.almonry.ledger.v1.LedgerHalt;
import org.almonry.ledger.v1.LiftHaltRequest;
import org.almonry.ledger.v1.LiftHaltResponse;
import org.almonry.ledger.v1.RunCheckRequest;
import org.almonry.ledger.v1.RunCheckResponse;
import org.almonry.ledger.v1.SelfCheckState;
import org.almonry.wire.Caller;
import org.almonry.wire.TimeCodec;

/// almonry.ledger.v1.LedgerCheckService.
public final class CheckRpc extends LedgerCheckServiceImplBase {
    private final SelfCheck check;

    public CheckRpc(SelfCheck check) {
        this.check = requireNonNull(check, "check is null");
    }

    @Override
    public void getCheckState(
            GetCheckStateRequest request, StreamObserver<GetCheckStateResponse> answer) {
        var response = GetCheckStateResponse.newBuilder();
        check.last().ifPresent(run -> response.setLast(encode(run)));
        check.halt()
                .ifPresent(halt -> response.setHalt(LedgerHalt.newBuilder()
                        .setSince(TimeCodec.toProto(halt.since()))
                        .setWho(halt.who())
                        .setWhy(halt.why())));
        send(answer, response.build());
    }

    @Override
    public void runCheck(RunCheckRequest request, StreamObserver<RunCheckResponse> answer) {
        send(answer, RunCheckResponse.newBuilder().setRun(encode(check.run())).build());
    }

    @Override
    public void liftHalt(LiftHaltRequest request, StreamObserver<LiftHaltResponse> answer) {
        var caller = Caller.current();
        var service = caller instanceof Caller.User user ? user.identity() : "";
        check.lift(caller.actor(), service, request.getWhy(), request.getAcceptFaults());
        send(answer, LiftHaltResponse.getDefaultInstance());
    }

    /// What the check adds to the state of the ledger.
    public void addTo(GetLedgerStateResponse.Builder response) {
        check.last()
                .ifPresent(run -> response.setSelfCheck(SelfCheckState.newBuilder()
                        .setCheckedAt(TimeCodec.toProto(run.endedAt()))
                        .setRight(run.isRight())
                        .setStopped(check.halt().isPresent())
                        .addAllFaults(run.faults())
                        .setCheckedToTransactionId(transaction(run))));
    }

    private static org.almonry.ledger.v1.CheckRun encode(CheckRun run) {
        return org.almonry.ledger.v1.CheckRun.newBuilder()
                .setStartedAt(TimeCodec.toProto(run.startedAt()))
                .setEndedAt(TimeCodec.toProto(run.endedAt()))
                .setRight(run.isRight())
                .addAllFaults(run.faults())
                .setCheckedToBatch(run.batch())
                .setCheckedToTransactionId(transaction(run))
                .setComplete(run.isComplete())
                .setTransactions(run.transactions())
                .setCoins(run.coins())
                .build();
    }

    private static String transaction(CheckRun run) {
        return run.transaction() == 0 ? "" : "txn_" + run.transaction();
    }
}

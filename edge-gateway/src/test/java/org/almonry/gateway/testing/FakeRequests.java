package org.almonry.gateway.testing;

import static org.almonry.gateway.testing.Money.eur;

import io.grpc.stub.StreamObserver;

import org.almonry.error.v1.Reason;
import org.almonry.process.v1.ActOnRequestRequest;
import org.almonry.process.v1.ActOnRequestResponse;
import org.almonry.process.v1.CalculateRequestRequest;
import org.almonry.process.v1.CalculateRequestResponse;
import org.almonry.process.v1.Calculation;
import org.almonry.process.v1.ClientTransfer;
import org.almonry.process.v1.CreateRequestRequest;
import org.almonry.process.v1.CreateRequestResponse;
import org.almonry.process.v1.GetRequestRequest;
import org.almonry.process.v1.GetRequestResponse;
import org.almonry.process.v1.LimitConsequence;
import org.almonry.process.v1.ListRequestsRequest;
import org.almonry.process.v1.ListRequestsResponse;
import org.almonry.process.v1.ProcessState;
import org.almonry.process.v1.Request;
import org.almonry.process.v1.RequestAction;
import org.almonry.process.v1.RequestDetails;
import org.almonry.process.v1.RequestKind;
import org.almonry.process.v1.RequestServiceGrpc.RequestServiceImplBase;
import org.almonry.process.v1.RequestState;
import org.almonry.process.v1.RequestStep;
import org.almonry.process.v1.RequestTotal;
import org.almonry.process.v1.ReverseProcessRequest;
import org.almonry.process.v1.ReverseProcessResponse;
import org.almonry.wire.Failure;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A transfer that usr_2 asked for and a reversal that usr_1 asked for. What was asked and
/// decided is kept.
public final class FakeRequests extends RequestServiceImplBase {

    public static final String TRANSFER = "prc_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    public static final String REVERSAL = "prc_bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

    /// Notes are made to be dangerous in markup.
    public static final String WHY = "nets <img src=x onerror=alert(1)>";

    public final List<ListRequestsRequest> lists = new CopyOnWriteArrayList<>();
    public final List<ActOnRequestRequest> decisions = new CopyOnWriteArrayList<>();
    public final List<ReverseProcessRequest> reversals = new CopyOnWriteArrayList<>();

    public final List<CalculateRequestRequest> questions = new CopyOnWriteArrayList<>();
    public final List<CreateRequestRequest> made = new CopyOnWriteArrayList<>();

    /// What a question is answered with beside the price.
    public volatile LimitConsequence consequence = LimitConsequence.LIMIT_CONSEQUENCE_UNSPECIFIED;

    /// What the sender is charged beside the amount, in minor units.
    public volatile long price = 50;

    /// What every decision fails with; null: none does.
    public volatile Failure failure;

    private static Request transfer() {
        return Request.newBuilder()
                .setId(TRANSFER)
                .setKind(RequestKind.REQUEST_KIND_CLIENT_TRANSFER)
                .setDetails(RequestDetails.newBuilder()
                        .setClientTransfer(ClientTransfer.newBuilder()
                                .setFromCoinId("coin_8")
                                .setToCoinId("coin_4")))
                .setCalculation(Calculation.newBuilder()
                        .setAmount(eur(2500))
                        .setTakenFromSender(eur(2550))
                        .setGivenToReceiver(eur(2475))
                        .setCommission(eur(75))
                        .setCommissionOfSender(eur(50))
                        .setCommissionOfReceiver(eur(25))
                        .setCommissionOfSystem(eur(75)))
                .setState(RequestState.REQUEST_STATE_REQUIRES_CONFIRMATION)
                .setProcessState(ProcessState.PROCESS_STATE_WAITING_FOR_APPROVAL)
                .setAskedBy("usr_2")
                .setAskedAt(LedgerSamples.AT)
                .setWhy(WHY)
                .addActions(RequestAction.REQUEST_ACTION_APPROVE)
                .addActions(RequestAction.REQUEST_ACTION_DECLINE)
                .build();
    }

    private static Request reversal() {
        return Request.newBuilder()
                .setId(REVERSAL)
                .setKind(RequestKind.REQUEST_KIND_REVERSAL)
                .setCorrects("prc_0197")
                .setState(RequestState.REQUEST_STATE_WAITING)
                .setProcessState(ProcessState.PROCESS_STATE_WAITING_FOR_APPROVAL)
                .setAskedBy("usr_1")
                .setAskedAt(LedgerSamples.AT)
                .addActions(RequestAction.REQUEST_ACTION_DECLINE)
                .build();
    }

    private void fail() {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void listRequests(
            ListRequestsRequest request, StreamObserver<ListRequestsResponse> out) {
        lists.add(request);
        var found = ListRequestsResponse.newBuilder();
        if (!request.getStatesList().contains(ProcessState.PROCESS_STATE_DECLINED)) {
            found.addRequests(transfer())
                    .addRequests(reversal())
                    .addTotals(RequestTotal.newBuilder()
                            .setCount(2)
                            .setAmount(eur(2500))
                            .setTakenFromSenders(eur(2550))
                            .setGivenToReceivers(eur(2475))
                            .setCommission(eur(75)));
        }
        out.onNext(found.build());
        out.onCompleted();
    }

    @Override
    public void getRequest(GetRequestRequest request, StreamObserver<GetRequestResponse> out) {
        var found = switch (request.getRequestId()) {
            case TRANSFER -> transfer();
            case REVERSAL -> reversal();
            default -> throw new Failure(Reason.NOT_FOUND, "There is no such request.");
        };
        out.onNext(GetRequestResponse.newBuilder()
                .setRequest(found)
                .addSteps(RequestStep.newBuilder()
                        .setAt(LedgerSamples.AT)
                        .setPerformedBy(found.getAskedBy())
                        .setAction("make")
                        .setToState(found.getState())
                        .setReason("over 20.00 EUR a day")
                        .setOutcome("posted"))
                .build());
        out.onCompleted();
    }

    @Override
    public void calculateRequest(
            CalculateRequestRequest request, StreamObserver<CalculateRequestResponse> out) {
        fail();
        questions.add(request);
        boolean isOver = consequence != LimitConsequence.LIMIT_CONSEQUENCE_UNSPECIFIED;
        long minor = request.getAmount().getMinor();
        out.onNext(CalculateRequestResponse.newBuilder()
                .setCalculation(Calculation.newBuilder()
                        .setAmount(request.getAmount())
                        .setTakenFromSender(eur(minor + price))
                        .setGivenToReceiver(eur(minor))
                        .setCommission(eur(price))
                        .setCommissionOfSender(eur(price))
                        .setCommissionOfReceiver(eur(0))
                        .setCommissionOfSystem(eur(price))
                        .setCommissionOfProvider(eur(0)))
                .setConsequence(consequence)
                .setExceededLimit(isOver ? "more than 50.00 EUR per day" : "")
                .build());
        out.onCompleted();
    }

    /// As the core does: a key makes one request, a second body under it is a conflict, and
    /// another price than the one that was shown is stale.
    @Override
    public void createRequest(
            CreateRequestRequest request, StreamObserver<CreateRequestResponse> out) {
        fail();
        var before = made.stream()
                .filter(each -> each.getIdempotencyKey().equals(request.getIdempotencyKey()))
                .findFirst();
        if (before.isPresent() && !before.get().equals(request)) {
            throw new Failure(Reason.IDEMPOTENCY_CONFLICT, "The key was used before.");
        }
        if (request.getExpectedTaken().getMinor() != request.getAmount().getMinor() + price) {
            throw new Failure(Reason.STALE, "The price has changed meanwhile.");
        }
        if (before.isEmpty()) {
            made.add(request);
        }
        out.onNext(CreateRequestResponse.newBuilder().setRequest(transfer()).build());
        out.onCompleted();
    }

    @Override
    public void actOnRequest(
            ActOnRequestRequest request, StreamObserver<ActOnRequestResponse> out) {
        fail();
        decisions.add(request);
        out.onNext(ActOnRequestResponse.newBuilder()
                .setRequest(transfer().toBuilder().setState(RequestState.REQUEST_STATE_PROCESSED))
                .build());
        out.onCompleted();
    }

    @Override
    public void reverseProcess(
            ReverseProcessRequest request, StreamObserver<ReverseProcessResponse> out) {
        fail();
        reversals.add(request);
        out.onNext(ReverseProcessResponse.newBuilder().setRequest(reversal()).build());
        out.onCompleted();
    }
}

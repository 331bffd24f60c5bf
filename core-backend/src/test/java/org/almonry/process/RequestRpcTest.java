package org.almonry.process;

import static org.almonry.process.RequestWorld.APPROVER;
import static org.almonry.process.RequestWorld.ASKER;
import static org.almonry.process.RequestWorld.eur;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.error.v1.Reason;
import org.almonry.idempotency.Idempotency;
import org.almonry.process.v1.ActOnRequestRequest;
import org.almonry.process.v1.ActOnRequestResponse;
import org.almonry.process.v1.BankRedeem;
import org.almonry.process.v1.BankTopUp;
import org.almonry.process.v1.CalculateRequestRequest;
import org.almonry.process.v1.CalculateRequestResponse;
import org.almonry.process.v1.ClientIssue;
import org.almonry.process.v1.ClientTransfer;
import org.almonry.process.v1.CreateRequestRequest;
import org.almonry.process.v1.CreateRequestResponse;
import org.almonry.process.v1.FormulaKind;
import org.almonry.process.v1.GetRequestRequest;
import org.almonry.process.v1.GetRequestResponse;
import org.almonry.process.v1.ListRequestsRequest;
import org.almonry.process.v1.ListRequestsResponse;
import org.almonry.process.v1.PutRuleResponse;
import org.almonry.process.v1.Redeem;
import org.almonry.process.v1.Request;
import org.almonry.process.v1.RequestAction;
import org.almonry.process.v1.RequestDetails;
import org.almonry.process.v1.RequestKind;
import org.almonry.process.v1.RequestState;
import org.almonry.process.v1.ReverseProcessRequest;
import org.almonry.process.v1.ReverseProcessResponse;
import org.almonry.testing.Answer;
import org.almonry.wire.Caller;
import org.almonry.wire.Failure;
import org.almonry.wire.MoneyCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;

/// The back office's view of requests and price lists: what is sent comes back as it was meant.
class RequestRpcTest {
    private final RequestWorld world = new RequestWorld();
    private final Idempotency idempotency =
            new Idempotency(world.database.accounting(), world.ids, world.clock);
    private final RequestRpc requests =
            new RequestRpc(world.requests, world.processes, idempotency);
    private final CommissionRpc commissions = new CommissionRpc(
            world.commissions,
            world.limits,
            idempotency,
            new BusinessRequests.Days(world.clock, RequestWorld.BERLIN));

    @AfterEach
    void close() {
        world.close();
    }

    /// From the calculation over the request and its approval to its reversal, by keyed calls
    /// each of which may come twice.
    @Test
    void aRequestGoesItsWay() {
        world.fund(world.alice, 20_000);
        var price = CommissionRpcTest.rule()
                .setProfileId("pfl_base")
                .addCurrencies("EUR")
                .addRanges(CommissionRpcTest.range(
                        FormulaKind.FORMULA_KIND_FIXED_AND_PERCENT, 20_000, 100))
                .build();
        Answer.<PutRuleResponse>of(ASKER, answer -> commissions.putRule(price, answer));
        var details = RequestDetails.newBuilder()
                .setClientTransfer(ClientTransfer.newBuilder()
                        .setFromCoinId("coin_" + world.alice)
                        .setToCoinId("coin_" + world.bob))
                .build();
        var ask = CalculateRequestRequest.newBuilder()
                .setDetails(details)
                .setAmount(MoneyCodec.toProto(eur(10_000)))
                .build();
        var calculated = Answer.<CalculateRequestResponse>of(
                ASKER, answer -> requests.calculateRequest(ask, answer));
        assertEquals(10_150, calculated.getCalculation().getTakenFromSender().getMinor());
        assertEquals(300, calculated.getCalculation().getCommissionOfSystem().getMinor());
        var create = CreateRequestRequest.newBuilder()
                .setIdempotencyKey("one")
                .setDetails(details)
                .setAmount(MoneyCodec.toProto(eur(10_000)))
                .setExpectedTaken(calculated.getCalculation().getTakenFromSender())
                .setWhy("rent")
                .build();
        var made = create(create);
        assertEquals(made, create(create));
        assertEquals(calculated.getCalculation(), made.getCalculation());
        assertEquals(details, made.getDetails());
        assertEquals("usr_asker", made.getAskedBy());
        assertEquals(RequestState.REQUEST_STATE_REQUIRES_CONFIRMATION, made.getState());
        assertFalse(made.getActionsList().contains(RequestAction.REQUEST_ACTION_APPROVE));
        var other = assertThrows(
                Failure.class, () -> create(create.toBuilder().setWhy("other").build()));
        assertEquals(Reason.IDEMPOTENCY_CONFLICT, other.reason());
        assertEquals(
                Reason.NOT_ALLOWED,
                assertThrows(Failure.class, () -> approve(ASKER, "own", made)).reason());
        var approved = approve(APPROVER, "two", made);
        assertEquals(approved, approve(APPROVER, "two", made));
        assertEquals(RequestState.REQUEST_STATE_PROCESSED, approved.getState());
        assertEquals(9_850, world.balance(world.alice));
        assertEquals(
                Reason.STALE,
                assertThrows(Failure.class, () -> approve(APPROVER, "three", made))
                        .reason());
        var back = ReverseProcessRequest.newBuilder()
                .setIdempotencyKey("back")
                .setProcessId(made.getId())
                .setReason("mistake")
                .build();
        var reversal = Answer.<ReverseProcessResponse>of(
                        ASKER, answer -> requests.reverseProcess(back, answer))
                .getRequest();
        assertEquals(RequestKind.REQUEST_KIND_REVERSAL, reversal.getKind());
        assertEquals(made.getId(), reversal.getCorrects());
        approve(APPROVER, "four", reversal);
        assertEquals(20_000, world.balance(world.alice));
        var get = GetRequestRequest.newBuilder().setRequestId(made.getId()).build();
        var got =
                Answer.<GetRequestResponse>of(APPROVER, answer -> requests.getRequest(get, answer));
        assertEquals(
                List.of("make", "approve"),
                got.getStepsList().stream().map(step -> step.getAction()).toList());
    }

    @Test
    void everyKindComesBackAsItWasAsked() {
        world.fund(world.alice, 20_000);
        var coin = "coin_" + world.alice;
        var account = RequestWorld.BANK_ACCOUNT;
        var kinds = new HashSet<RequestKind>();
        for (var details : List.of(
                RequestDetails.newBuilder()
                        .setClientIssue(ClientIssue.newBuilder().setCoinId(coin))
                        .build(),
                RequestDetails.newBuilder()
                        .setRedeem(Redeem.newBuilder().setCoinId(coin))
                        .build(),
                RequestDetails.newBuilder()
                        .setBankTopUp(BankTopUp.newBuilder()
                                .setCoinId(coin)
                                .setAccountId(account)
                                .setReference("RF18"))
                        .build(),
                RequestDetails.newBuilder()
                        .setBankRedeem(BankRedeem.newBuilder()
                                .setCoinId(coin)
                                .setAccountId(account)
                                .setReference("RF18"))
                        .build())) {
            var made = create(CreateRequestRequest.newBuilder()
                    .setIdempotencyKey(details.toString())
                    .setDetails(details)
                    .setAmount(MoneyCodec.toProto(eur(100)))
                    .build());
            assertEquals(details, made.getDetails());
            kinds.add(made.getKind());
            world.clock.advance(Duration.ofSeconds(1));
        }
        assertEquals(4, kinds.size());
        var redeems = ListRequestsRequest.newBuilder()
                .addKinds(RequestKind.REQUEST_KIND_REDEEM)
                .addKinds(RequestKind.REQUEST_KIND_BANK_REDEEM)
                .setCoinId(coin)
                .setMinMinor(100)
                .setOrder(ListRequestsRequest.Order.ORDER_OLDEST)
                .build();
        var listed = Answer.<ListRequestsResponse>of(
                APPROVER, answer -> requests.listRequests(redeems, answer));
        assertEquals(2, listed.getRequestsCount());
        assertEquals(RequestKind.REQUEST_KIND_REDEEM, listed.getRequests(0).getKind());
        assertTrue(listed.getRequests(0)
                .getActionsList()
                .contains(RequestAction.REQUEST_ACTION_APPROVE));
        assertEquals(200, listed.getTotals(0).getAmount().getMinor());
        var nothing = CalculateRequestRequest.newBuilder()
                .setAmount(MoneyCodec.toProto(eur(1)))
                .build();
        assertThrows(
                Failure.class,
                () -> Answer.<CalculateRequestResponse>of(
                        ASKER, answer -> requests.calculateRequest(nothing, answer)));
    }

    private Request create(CreateRequestRequest request) {
        return Answer.<CreateRequestResponse>of(
                        ASKER, answer -> requests.createRequest(request, answer))
                .getRequest();
    }

    private Request approve(Caller caller, String key, Request request) {
        var act = ActOnRequestRequest.newBuilder()
                .setIdempotencyKey(key)
                .setRequestId(request.getId())
                .setAction(RequestAction.REQUEST_ACTION_APPROVE)
                .setSeenState(request.getState())
                .build();
        return Answer.<ActOnRequestResponse>of(caller, answer -> requests.actOnRequest(act, answer))
                .getRequest();
    }
}

package org.almonry.process;

import com.google.protobuf.Timestamp;

import org.almonry.commission.Calculation;
import org.almonry.commission.Level;
import org.almonry.error.v1.Reason;
import org.almonry.limit.Verdict;
import org.almonry.process.v1.BankRedeem;
import org.almonry.process.v1.BankTopUp;
import org.almonry.process.v1.CalculateRequestResponse;
import org.almonry.process.v1.ClientIssue;
import org.almonry.process.v1.ClientTransfer;
import org.almonry.process.v1.ContractFee;
import org.almonry.process.v1.LimitConsequence;
import org.almonry.process.v1.ListRequestsRequest;
import org.almonry.process.v1.Redeem;
import org.almonry.process.v1.Request;
import org.almonry.process.v1.RequestAction;
import org.almonry.process.v1.RequestKind;
import org.almonry.process.v1.RequestTotal;
import org.almonry.wire.Failure;
import org.almonry.wire.MoneyCodec;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Requests as messages of almonry.process.v1.
final class RequestCodec {
    private static final String COIN = "coin_";
    private static final String KIND = "REQUEST_KIND_";
    private static final String STATE = "REQUEST_STATE_";
    private static final String PROCESS_STATE = "PROCESS_STATE_";
    private static final String ACTION = "REQUEST_ACTION_";

    private RequestCodec() {}

    static Request encode(BusinessRequest request, List<Action> open) {
        var encoded = Request.newBuilder()
                .setId(request.id())
                .setKind(RequestKind.valueOf(KIND + request.kind().name()))
                .setAskedBy(request.askedBy())
                .setAskedAt(timestamp(request.askedAt()))
                .setWhy(request.details().why());
        request.calculation().ifPresent(it -> encoded.setCalculation(encode(it)));
        request.state()
                .ifPresent(state -> encoded.setState(encode(state))
                        .setProcessState(org.almonry.process.v1.ProcessState.valueOf(
                                PROCESS_STATE + state.process().name())));
        open.forEach(action -> encoded.addActions(RequestAction.valueOf(ACTION + action.name())));
        if (request.details() instanceof RequestDetails.Reversal reversal) {
            encoded.setCorrects(reversal.corrects());
        } else {
            encoded.setDetails(encode(request.details()));
        }
        return encoded.build();
    }

    static org.almonry.process.v1.RequestStep encode(RequestStep step) {
        var encoded = org.almonry.process.v1.RequestStep.newBuilder()
                .setAt(timestamp(step.at()))
                .setPerformedBy(step.actor())
                .setAction(step.action().toLowerCase(Locale.ROOT))
                .setToState(encode(RequestState.valueOf(step.toState())))
                .setReason(step.reason())
                .setOutcome(step.outcome());
        if (!step.fromState().isEmpty()) {
            encoded.setFromState(encode(RequestState.valueOf(step.fromState())));
        }
        return encoded.build();
    }

    static RequestTotal encode(History.Total total) {
        return RequestTotal.newBuilder()
                .setCount(total.count())
                .setAmount(MoneyCodec.toProto(total.amounts().amount()))
                .setTakenFromSenders(MoneyCodec.toProto(total.amounts().taken()))
                .setGivenToReceivers(MoneyCodec.toProto(total.amounts().given()))
                .setCommission(MoneyCodec.toProto(total.amounts().commission()))
                .build();
    }

    static CalculateRequestResponse encode(BusinessRequests.Preview preview) {
        var encoded =
                CalculateRequestResponse.newBuilder().setCalculation(encode(preview.calculation()));
        if (preview.verdict() instanceof Verdict.Exceeded exceeded) {
            encoded.setExceededLimit(exceeded.text())
                    .setConsequence(LimitConsequence.valueOf(
                            "LIMIT_CONSEQUENCE_" + exceeded.consequence().name()));
        }
        return encoded.build();
    }

    static RequestDetails decode(org.almonry.process.v1.RequestDetails details, String why) {
        return switch (details.getKindCase()) {
            case CLIENT_ISSUE ->
                new RequestDetails.ClientIssue(coin(details.getClientIssue().getCoinId()), why);
            case CLIENT_TRANSFER ->
                new RequestDetails.ClientTransfer(
                        coin(details.getClientTransfer().getFromCoinId()),
                        coin(details.getClientTransfer().getToCoinId()),
                        why);
            case REDEEM -> new RequestDetails.Redeem(coin(details.getRedeem().getCoinId()), why);
            case BANK_TOP_UP ->
                new RequestDetails.BankTopUp(
                        coin(details.getBankTopUp().getCoinId()),
                        details.getBankTopUp().getAccountId(),
                        details.getBankTopUp().getReference(),
                        why);
            case BANK_REDEEM ->
                new RequestDetails.BankRedeem(
                        coin(details.getBankRedeem().getCoinId()),
                        details.getBankRedeem().getAccountId(),
                        details.getBankRedeem().getReference(),
                        why);
            case CONTRACT_FEE ->
                throw new Failure(Reason.INVALID_ARGUMENT, "Nobody asks for this kind.");
            case KIND_NOT_SET ->
                throw new Failure(
                        Reason.INVALID_ARGUMENT,
                        "The request does not say what it is for.",
                        List.of(new Failure.Violation("details", "is missing")));
        };
    }

    static ProcessFilter decode(ListRequestsRequest request) {
        var kinds = request.getKindsList().stream()
                .map(RequestCodec::decode)
                .collect(Collectors.toUnmodifiableSet());
        return new ProcessFilter(
                request.getRequestId(),
                request.hasFrom() ? instant(request.getFrom()) : null,
                request.hasUntil() ? instant(request.getUntil()) : null,
                request.getStatesList().stream()
                        .map(RequestCodec::decode)
                        .collect(Collectors.toUnmodifiableSet()),
                kinds.isEmpty() ? Set.copyOf(ProcessKind.ofRequests()) : kinds,
                request.getCoinId().isEmpty() ? 0 : coin(request.getCoinId()),
                request.getAskedBy(),
                optional(request.hasMinMinor(), request.getMinMinor()),
                optional(request.hasMaxMinor(), request.getMaxMinor()),
                order(request.getOrder()));
    }

    static ProcessKind decode(RequestKind kind) {
        return ProcessKind.valueOf(word(kind.name(), KIND));
    }

    static RequestKind kind(String processKind) {
        return RequestKind.valueOf(KIND + processKind);
    }

    static Action decode(RequestAction action) {
        return Action.valueOf(word(action.name(), ACTION));
    }

    static RequestState decode(org.almonry.process.v1.RequestState state) {
        return RequestState.valueOf(word(state.name(), STATE));
    }

    private static ProcessState decode(org.almonry.process.v1.ProcessState state) {
        return ProcessState.valueOf(word(state.name(), PROCESS_STATE));
    }

    /// A constant of the contract without the name of its enum. The zero of an enum is no value.
    static String word(String name, String prefix) {
        if (!name.startsWith(prefix) || name.endsWith("_UNSPECIFIED")) {
            throw new Failure(Reason.INVALID_ARGUMENT, "A value is missing or not known.");
        }
        return name.substring(prefix.length());
    }

    private static org.almonry.process.v1.RequestState encode(RequestState state) {
        return org.almonry.process.v1.RequestState.valueOf(STATE + state.name());
    }

    static org.almonry.process.v1.Calculation encode(Calculation calculation) {
        return org.almonry.process.v1.Calculation.newBuilder()
                .setAmount(MoneyCodec.toProto(calculation.amount()))
                .setTakenFromSender(MoneyCodec.toProto(calculation.taken()))
                .setGivenToReceiver(MoneyCodec.toProto(calculation.given()))
                .setCommission(MoneyCodec.toProto(calculation.commission()))
                .setCommissionOfSender(MoneyCodec.toProto(calculation.feeOfSender()))
                .setCommissionOfReceiver(MoneyCodec.toProto(calculation.feeOfReceiver()))
                .setCommissionOfSystem(MoneyCodec.toProto(calculation.commission(Level.SYSTEM)))
                .setCommissionOfProvider(MoneyCodec.toProto(calculation.commission(Level.PROVIDER)))
                .build();
    }

    private static org.almonry.process.v1.RequestDetails encode(RequestDetails details) {
        var encoded = org.almonry.process.v1.RequestDetails.newBuilder();
        switch (details) {
            case RequestDetails.ClientIssue it ->
                encoded.setClientIssue(ClientIssue.newBuilder().setCoinId(COIN + it.coin()));
            case RequestDetails.ClientTransfer it ->
                encoded.setClientTransfer(ClientTransfer.newBuilder()
                        .setFromCoinId(COIN + it.from())
                        .setToCoinId(COIN + it.to()));
            case RequestDetails.Redeem it ->
                encoded.setRedeem(Redeem.newBuilder().setCoinId(COIN + it.coin()));
            case RequestDetails.BankTopUp it ->
                encoded.setBankTopUp(BankTopUp.newBuilder()
                        .setCoinId(COIN + it.coin())
                        .setAccountId(it.account())
                        .setReference(it.reference()));
            case RequestDetails.BankRedeem it ->
                encoded.setBankRedeem(BankRedeem.newBuilder()
                        .setCoinId(COIN + it.coin())
                        .setAccountId(it.account())
                        .setReference(it.reference()));
            case RequestDetails.ContractFee it ->
                encoded.setContractFee(
                        ContractFee.newBuilder().setCoinId(COIN + it.coin()).setMonth(it.month()));
            case RequestDetails.Reversal _ ->
                throw new IllegalArgumentException("a reversal names a process only");
        }
        return encoded.build();
    }

    private static ProcessFilter.Order order(ListRequestsRequest.Order order) {
        return switch (order) {
            case ORDER_UNSPECIFIED -> ProcessFilter.Order.NEWEST;
            case ORDER_OLDEST -> ProcessFilter.Order.OLDEST;
            case ORDER_LARGEST -> ProcessFilter.Order.LARGEST;
            case ORDER_SMALLEST -> ProcessFilter.Order.SMALLEST;
            case UNRECOGNIZED ->
                throw new Failure(Reason.INVALID_ARGUMENT, "There is no such order.");
        };
    }

    private static @Nullable Long optional(boolean isGiven, long value) {
        return isGiven ? value : null;
    }

    /// The contract has checked the form.
    private static long coin(String id) {
        return Long.parseLong(id.substring(COIN.length()));
    }

    private static Instant instant(Timestamp at) {
        return Instant.ofEpochSecond(at.getSeconds(), at.getNanos());
    }

    private static Timestamp timestamp(Instant at) {
        return Timestamp.newBuilder()
                .setSeconds(at.getEpochSecond())
                .setNanos(at.getNano())
                .build();
    }
}

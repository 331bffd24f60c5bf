package org.almonry.gateway.testing;

import static org.almonry.gateway.testing.Money.eur;

import io.grpc.stub.StreamObserver;

import org.almonry.error.v1.Reason;
import org.almonry.process.v1.CalculateCommissionRequest;
import org.almonry.process.v1.CalculateCommissionResponse;
import org.almonry.process.v1.Calculation;
import org.almonry.process.v1.CommissionDirection;
import org.almonry.process.v1.CommissionPrice;
import org.almonry.process.v1.CommissionRange;
import org.almonry.process.v1.CommissionRule;
import org.almonry.process.v1.CommissionServiceGrpc.CommissionServiceImplBase;
import org.almonry.process.v1.Contract;
import org.almonry.process.v1.CreateProfileRequest;
import org.almonry.process.v1.CreateProfileResponse;
import org.almonry.process.v1.FormulaKind;
import org.almonry.process.v1.GetLimitUseRequest;
import org.almonry.process.v1.GetLimitUseResponse;
import org.almonry.process.v1.GetProfileRequest;
import org.almonry.process.v1.GetProfileResponse;
import org.almonry.process.v1.Limit;
import org.almonry.process.v1.LimitConsequence;
import org.almonry.process.v1.LimitMeasure;
import org.almonry.process.v1.LimitPeriod;
import org.almonry.process.v1.LimitUse;
import org.almonry.process.v1.ListContractsRequest;
import org.almonry.process.v1.ListContractsResponse;
import org.almonry.process.v1.ListLimitsRequest;
import org.almonry.process.v1.ListLimitsResponse;
import org.almonry.process.v1.ListProfilesRequest;
import org.almonry.process.v1.ListProfilesResponse;
import org.almonry.process.v1.Profile;
import org.almonry.process.v1.ProfileLevel;
import org.almonry.process.v1.PutContractRequest;
import org.almonry.process.v1.PutContractResponse;
import org.almonry.process.v1.PutLimitRequest;
import org.almonry.process.v1.PutLimitResponse;
import org.almonry.process.v1.PutRuleRequest;
import org.almonry.process.v1.PutRuleResponse;
import org.almonry.process.v1.RequestKind;
import org.almonry.wire.Failure;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Two price lists, of which one has rules of every shape and limits. What was put is kept.
public final class FakeCommissions extends CommissionServiceImplBase {

    /// The name of an own list, which must come out escaped.
    public static final String NASTY = "Choir <b>&</b>";

    private static final Profile BASE = Profile.newBuilder()
            .setId("pfl_base")
            .setName("Base")
            .setLevel(ProfileLevel.PROFILE_LEVEL_SYSTEM)
            .setTier("base")
            .setEarner("hoster")
            .build();

    private static final Profile OWN = BASE.toBuilder()
            .setId("pfl_own")
            .setName(NASTY)
            .setTier("own")
            .setCopiedFrom("pfl_base")
            .build();

    public final List<CreateProfileRequest> profiles = new CopyOnWriteArrayList<>();
    public final List<PutRuleRequest> rules = new CopyOnWriteArrayList<>();
    public final List<PutLimitRequest> limits = new CopyOnWriteArrayList<>();
    public final List<PutContractRequest> contracts = new CopyOnWriteArrayList<>();
    public final List<ListContractsRequest> contractLists = new CopyOnWriteArrayList<>();
    public final List<CalculateCommissionRequest> questions = new CopyOnWriteArrayList<>();

    /// Whether no limit holds for anybody.
    public volatile boolean isUnlimited;

    /// What everything that is put fails with; null: nothing does.
    public volatile Failure failure;

    private static <T> void answer(StreamObserver<T> out, T value) {
        out.onNext(value);
        out.onCompleted();
    }

    private void fail() {
        if (failure != null) {
            throw failure;
        }
    }

    private static CommissionRange range(FormulaKind kind, int millionths, long fixed, long min) {
        return CommissionRange.newBuilder()
                .setFormula(kind)
                .setMillionths(millionths)
                .setFixedMinor(fixed)
                .setMinMinor(min)
                .build();
    }

    private static CommissionRule rule(String id, RequestKind kind, CommissionRange... ranges) {
        return CommissionRule.newBuilder()
                .setId(id)
                .setProfileId("pfl_base")
                .setKind(kind)
                .setCurrency("EUR")
                .setFrom("2026-01-01")
                .setActive(true)
                .setDirection(CommissionDirection.COMMISSION_DIRECTION_OUT)
                .addAllRanges(List.of(ranges))
                .build();
    }

    private static List<CommissionRule> rules() {
        return List.of(
                rule(
                        "rule_1",
                        RequestKind.REQUEST_KIND_CLIENT_TRANSFER,
                        range(FormulaKind.FORMULA_KIND_LESSER, 12_500, 200, 0).toBuilder()
                                .setBelowMinor(10_000)
                                .build(),
                        range(FormulaKind.FORMULA_KIND_GREATER, 10_000, 150, 10_000)),
                rule(
                                "rule_2",
                                RequestKind.REQUEST_KIND_REDEEM,
                                range(FormulaKind.FORMULA_KIND_FIXED_AND_PERCENT, 5_000, 25, 0))
                        .toBuilder()
                        .setUntil("2026-02-01")
                        .build(),
                rule(
                                "rule_3",
                                RequestKind.REQUEST_KIND_CLIENT_ISSUE,
                                range(FormulaKind.FORMULA_KIND_FIXED, 0, 50, 0))
                        .toBuilder()
                        .setActive(false)
                        .build(),
                rule(
                                "rule_4",
                                RequestKind.REQUEST_KIND_CONTRACT_FEE,
                                range(FormulaKind.FORMULA_KIND_FIXED, 0, 500, 0))
                        .toBuilder()
                        .setFrom("2999-01-01")
                        .build());
    }

    private static Limit limit(String id, LimitMeasure measure, LimitPeriod period, long maximum) {
        return Limit.newBuilder()
                .setId(id)
                .setProfileId("pfl_base")
                .setKind(RequestKind.REQUEST_KIND_CLIENT_TRANSFER)
                .setCurrency("EUR")
                .setMeasure(measure)
                .setPeriod(period)
                .setMaximum(maximum)
                .setConsequence(LimitConsequence.LIMIT_CONSEQUENCE_LIMITED)
                .setActive(true)
                .build();
    }

    private static final Limit DAY =
            limit("lim_1", LimitMeasure.LIMIT_MEASURE_AMOUNT, LimitPeriod.LIMIT_PERIOD_DAY, 5_000);
    private static final Limit MONTH =
            limit("lim_2", LimitMeasure.LIMIT_MEASURE_NUMBER, LimitPeriod.LIMIT_PERIOD_MONTH, 3);
    private static final Limit EACH = limit(
                    "lim_3",
                    LimitMeasure.LIMIT_MEASURE_AMOUNT,
                    LimitPeriod.LIMIT_PERIOD_TRANSACTION,
                    9_900)
            .toBuilder()
            .setConsequence(LimitConsequence.LIMIT_CONSEQUENCE_REFUSAL)
            .build();

    @Override
    public void listProfiles(
            ListProfilesRequest request, StreamObserver<ListProfilesResponse> out) {
        answer(
                out,
                ListProfilesResponse.newBuilder()
                        .addProfiles(BASE)
                        .addProfiles(OWN)
                        .build());
    }

    @Override
    public void getProfile(GetProfileRequest request, StreamObserver<GetProfileResponse> out) {
        var found = switch (request.getProfileId()) {
            case "pfl_base" ->
                GetProfileResponse.newBuilder()
                        .setProfile(BASE)
                        .addAllRules(rules())
                        .addLimits(DAY)
                        .addLimits(MONTH)
                        .addLimits(EACH);
            case "pfl_own" -> GetProfileResponse.newBuilder().setProfile(OWN);
            default -> throw new Failure(Reason.NOT_FOUND, "There is no such profile.");
        };
        answer(out, found.build());
    }

    @Override
    public void createProfile(
            CreateProfileRequest request, StreamObserver<CreateProfileResponse> out) {
        fail();
        profiles.add(request);
        answer(out, CreateProfileResponse.newBuilder().setProfile(OWN).build());
    }

    @Override
    public void putRule(PutRuleRequest request, StreamObserver<PutRuleResponse> out) {
        fail();
        rules.add(request);
        answer(out, PutRuleResponse.getDefaultInstance());
    }

    @Override
    public void putLimit(PutLimitRequest request, StreamObserver<PutLimitResponse> out) {
        fail();
        limits.add(request);
        answer(out, PutLimitResponse.newBuilder().setLimit(DAY).build());
    }

    @Override
    public void listContracts(
            ListContractsRequest request, StreamObserver<ListContractsResponse> out) {
        contractLists.add(request);
        var found = ListContractsResponse.newBuilder();
        if (!request.getProfileId().equals("pfl_base")) {
            found.addContracts(Contract.newBuilder()
                    .setOwner("prj_1")
                    .setLevel(ProfileLevel.PROFILE_LEVEL_SYSTEM)
                    .setProfileId("pfl_own")
                    .setFrom("2026-03-01"));
        }
        answer(out, found.build());
    }

    @Override
    public void putContract(PutContractRequest request, StreamObserver<PutContractResponse> out) {
        fail();
        contracts.add(request);
        answer(out, PutContractResponse.getDefaultInstance());
    }

    @Override
    public void listLimits(ListLimitsRequest request, StreamObserver<ListLimitsResponse> out) {
        var found = ListLimitsResponse.newBuilder();
        if (!request.getProfileId().equals("pfl_own")) {
            found.addLimits(DAY).addLimits(MONTH).addLimits(EACH);
        }
        answer(out, found.build());
    }

    @Override
    public void getLimitUse(GetLimitUseRequest request, StreamObserver<GetLimitUseResponse> out) {
        var found = GetLimitUseResponse.newBuilder().addProfiles(BASE);
        if (!isUnlimited) {
            found.addUses(LimitUse.newBuilder()
                            .setLimit(DAY)
                            .setFrom("2026-11-21")
                            .setUntil("2026-11-22")
                            .setUsed(eur(5_000))
                            .setNumber(2)
                            .setReached(true))
                    .addUses(LimitUse.newBuilder()
                            .setLimit(MONTH)
                            .setFrom("2026-11-01")
                            .setUntil("2026-12-01")
                            .setUsed(eur(5_000))
                            .setNumber(2))
                    .addUses(LimitUse.newBuilder().setLimit(EACH).setUsed(eur(0)));
        }
        answer(out, found.build());
    }

    /// A hundredth for the sender, and from 100.00 on two more; beyond 1,000,000.00 no price.
    @Override
    public void calculateCommission(
            CalculateCommissionRequest request, StreamObserver<CalculateCommissionResponse> out) {
        questions.add(request);
        if (request.getProfileId().equals("pfl_gone")) {
            throw new Failure(Reason.NOT_FOUND, "There is no such profile.");
        }
        var found =
                CalculateCommissionResponse.newBuilder().addProfiles(BASE).addEdgesMinor(10_000);
        for (long minor : request.getAmountsMinorList()) {
            var price = CommissionPrice.newBuilder().setAmountMinor(minor);
            long fee = minor / 100 + (minor < 10_000 ? 0 : 200);
            if (minor <= 100_000_000) {
                price.setCalculation(Calculation.newBuilder()
                        .setAmount(eur(minor))
                        .setTakenFromSender(eur(minor + fee))
                        .setGivenToReceiver(eur(minor))
                        .setCommission(eur(fee))
                        .setCommissionOfSender(eur(fee))
                        .setCommissionOfReceiver(eur(0))
                        .setCommissionOfSystem(eur(fee))
                        .setCommissionOfProvider(eur(0)));
            }
            found.addPrices(price);
        }
        answer(out, found.build());
    }
}

package org.almonry.process;

import static org.almonry.process.RequestWorld.ASKER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.almonry.error.v1.Reason;
import org.almonry.idempotency.Idempotency;
import org.almonry.process.v1.CalculateCommissionRequest;
import org.almonry.process.v1.CalculateCommissionResponse;
import org.almonry.process.v1.CalculateRequestRequest;
import org.almonry.process.v1.CalculateRequestResponse;
import org.almonry.process.v1.ClientTransfer;
import org.almonry.process.v1.CommissionDirection;
import org.almonry.process.v1.CommissionRange;
import org.almonry.process.v1.CommissionRounding;
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
import org.almonry.process.v1.ProfileLevel;
import org.almonry.process.v1.PutContractRequest;
import org.almonry.process.v1.PutContractResponse;
import org.almonry.process.v1.PutLimitRequest;
import org.almonry.process.v1.PutLimitResponse;
import org.almonry.process.v1.PutRuleRequest;
import org.almonry.process.v1.PutRuleResponse;
import org.almonry.process.v1.RequestDetails;
import org.almonry.process.v1.RequestKind;
import org.almonry.testing.Answer;
import org.almonry.type.v1.Money;
import org.almonry.type.v1.PageRequest;
import org.almonry.wire.Failure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;

/// The back office's view of price lists and contracts: what is sent comes back as it was
/// meant.
class CommissionRpcTest {
    private final RequestWorld world = new RequestWorld();
    private final Idempotency idempotency =
            new Idempotency(world.database.accounting(), world.ids, world.clock);
    private final CommissionRpc commissions = new CommissionRpc(
            world.commissions,
            world.limits,
            idempotency,
            new BusinessRequests.Days(world.clock, RequestWorld.BERLIN));

    @AfterEach
    void close() {
        world.close();
    }

    /// K-053, K-054, K-055, K-057.
    @Test
    void priceListsComeBackAsTheyWerePut() {
        var ranges = List.of(
                range(FormulaKind.FORMULA_KIND_ZERO, 0, 0).toBuilder()
                        .setBelowMinor(100)
                        .build(),
                range(FormulaKind.FORMULA_KIND_PERCENT, 15_000, 0).toBuilder()
                        .setMinMinor(100)
                        .setBelowMinor(200)
                        .build(),
                range(FormulaKind.FORMULA_KIND_FIXED, 0, 30).toBuilder()
                        .setMinMinor(200)
                        .setBelowMinor(300)
                        .build(),
                range(FormulaKind.FORMULA_KIND_GREATER, 15_000, 30).toBuilder()
                        .setMinMinor(300)
                        .setBelowMinor(400)
                        .build(),
                range(FormulaKind.FORMULA_KIND_LESSER, 15_000, 30).toBuilder()
                        .setMinMinor(400)
                        .setBelowMinor(500)
                        .build(),
                range(FormulaKind.FORMULA_KIND_FIXED_AND_PERCENT, 15_000, 30).toBuilder()
                        .setMinMinor(500)
                        .build());
        var put = rule().addAllCurrencies(List.of("EUR", "USD"))
                .setUntil("2027-01-01")
                .setRounding(CommissionRounding.COMMISSION_ROUNDING_UP)
                .addAllRanges(ranges)
                .build();
        var rules = put(put).getRulesList();
        assertEquals(2, rules.size());
        assertEquals(
                Reason.WRONG_STATE,
                assertThrows(
                                Failure.class,
                                () -> put(put.toBuilder()
                                        .setIdempotencyKey("again")
                                        .build()))
                        .reason());
        var overlapping = put.toBuilder()
                .setIdempotencyKey("overlap")
                .setFrom("2028-01-01")
                .clearUntil()
                .addRanges(ranges.getLast())
                .build();
        assertEquals(
                Reason.INVALID_ARGUMENT,
                assertThrows(Failure.class, () -> put(overlapping)).reason());
        var yen = put.toBuilder().setIdempotencyKey("yen").addCurrencies("JPY").build();
        assertEquals(
                Reason.INVALID_ARGUMENT,
                assertThrows(Failure.class, () -> put(yen)).reason());
        var off = put.toBuilder()
                .setIdempotencyKey("off")
                .setRuleId(rules.getFirst().getId())
                .clearCurrencies()
                .addCurrencies("EUR")
                .setActive(false)
                .build();
        assertFalse(put(off).getRules(0).getActive());
        var limit = PutLimitRequest.newBuilder()
                .setIdempotencyKey("limit")
                .setProfileId("pfl_gold")
                .setKind(RequestKind.REQUEST_KIND_REDEEM)
                .setCurrency("EUR")
                .setMeasure(LimitMeasure.LIMIT_MEASURE_AMOUNT)
                .setPeriod(LimitPeriod.LIMIT_PERIOD_QUARTER)
                .setMaximum(5)
                .setConsequence(LimitConsequence.LIMIT_CONSEQUENCE_LIMITED)
                .setActive(true)
                .build();
        Answer.<PutLimitResponse>of(ASKER, answer -> commissions.putLimit(limit, answer));
        var copy = CreateProfileRequest.newBuilder()
                .setIdempotencyKey("copy")
                .setName("Gold for the choir")
                .setCopyOf("pfl_gold")
                .setWithLimits(true)
                .build();
        var own = Answer.<CreateProfileResponse>of(
                        ASKER, answer -> commissions.createProfile(copy, answer))
                .getProfile();
        assertEquals("own", own.getTier());
        assertEquals(ProfileLevel.PROFILE_LEVEL_SYSTEM, own.getLevel());
        var gold = profile("pfl_gold");
        assertEquals(List.of(false, true), actives(gold));
        assertEquals(ranges, gold.getRules(0).getRangesList());
        var copied = profile(own.getId());
        assertEquals(actives(gold), actives(copied));
        assertEquals(5, copied.getLimits(0).getMaximum());
        assertEquals(LimitPeriod.LIMIT_PERIOD_QUARTER, copied.getLimits(0).getPeriod());
        var all = Answer.<ListProfilesResponse>of(
                ASKER,
                answer ->
                        commissions.listProfiles(ListProfilesRequest.getDefaultInstance(), answer));
        assertEquals(5, all.getProfilesCount());
    }

    /// K-054: which profile holds follows from the contract of the day.
    @Test
    void contractsHoldFromTheirDayOn() {
        contract("today", "pfl_vip", "2026-03-02");
        contract("later", "pfl_gold", "2026-04-01");
        assertEquals(
                Reason.INVALID_ARGUMENT,
                assertThrows(Failure.class, () -> contract("past", "pfl_gold", "2026-03-01"))
                        .reason());
        var day = LocalDate.of(2026, 3, 2);
        assertEquals(
                "pfl_vip",
                world.commissions.profilesOf("usr_alice", day).getFirst().id());
        assertEquals(
                "pfl_gold",
                world.commissions
                        .profilesOf("usr_alice", day.plusMonths(1))
                        .getFirst()
                        .id());
        assertEquals(
                "pfl_base",
                world.commissions.profilesOf("usr_bob", day).getFirst().id());
        var listed = Answer.<ListContractsResponse>of(
                ASKER,
                answer -> commissions.listContracts(
                        ListContractsRequest.newBuilder().setOwner("usr_alice").build(), answer));
        assertEquals(
                List.of("pfl_gold", "pfl_vip"),
                listed.getContractsList().stream()
                        .map(each -> each.getProfileId())
                        .toList());
        var vips = Answer.<ListContractsResponse>of(
                ASKER,
                answer -> commissions.listContracts(
                        ListContractsRequest.newBuilder()
                                .setProfileId("pfl_vip")
                                .build(),
                        answer));
        assertEquals(1, vips.getContractsCount());
        assertEquals("usr_alice", vips.getContracts(0).getOwner());
    }

    /// K-056: the list of prices is what a request comes to, and it knows its steps.
    @Test
    void pricesOfManyAmountsAreWhatARequestComesTo() {
        put(rule().addCurrencies("EUR")
                .setProfileId("pfl_base")
                .addRanges(range(FormulaKind.FORMULA_KIND_FIXED, 0, 301).toBuilder()
                        .setBelowMinor(10_000))
                .addRanges(range(FormulaKind.FORMULA_KIND_PERCENT, 20_000, 0).toBuilder()
                        .setMinMinor(10_000))
                .build());
        var ask = CalculateCommissionRequest.newBuilder()
                .setKind(RequestKind.REQUEST_KIND_CLIENT_TRANSFER)
                .setCurrency("EUR")
                .setOwner("usr_alice")
                .addAllAmountsMinor(List.of(100L, 9_999L, 10_000L));
        var found = calculate(ask);
        assertEquals(List.of(10_000L), found.getEdgesMinorList());
        assertEquals("pfl_base", found.getProfiles(0).getId());
        assertFalse(found.getPrices(0).hasCalculation(), "more than the amount");
        for (var price : List.of(found.getPrices(1), found.getPrices(2))) {
            var request = CalculateRequestRequest.newBuilder()
                    .setDetails(RequestDetails.newBuilder()
                            .setClientTransfer(ClientTransfer.newBuilder()
                                    .setFromCoinId("coin_" + world.alice)
                                    .setToCoinId("coin_" + world.bob)))
                    .setAmount(
                            Money.newBuilder().setCurrency("EUR").setMinor(price.getAmountMinor()))
                    .build();
            var requests = new RequestRpc(world.requests, world.processes, idempotency);
            var asked = Answer.<CalculateRequestResponse>of(
                    ASKER, answer -> requests.calculateRequest(request, answer));
            assertEquals(asked.getCalculation(), price.getCalculation());
        }
        assertEquals(
                151, found.getPrices(1).getCalculation().getCommissionOfSender().getMinor());
        assertEquals(200, found.getPrices(2).getCalculation().getCommission().getMinor());
        var gold = calculate(ask.setProfileId("pfl_gold"));
        assertEquals(0, gold.getPrices(0).getCalculation().getCommission().getMinor());
        assertEquals(List.of(), gold.getEdgesMinorList());
        var unknown = ask.setProfileId("pfl_nobody");
        assertEquals(
                Reason.NOT_FOUND,
                assertThrows(Failure.class, () -> calculate(unknown)).reason());
    }

    /// K-055: what was used, in the window of today, and whether anything more fits.
    @Test
    void whatWasUsedOfEachLimitIsTold() {
        limit("day", LimitMeasure.LIMIT_MEASURE_AMOUNT, LimitPeriod.LIMIT_PERIOD_DAY, 5_000);
        limit("month", LimitMeasure.LIMIT_MEASURE_NUMBER, LimitPeriod.LIMIT_PERIOD_MONTH, 2);
        limit("each", LimitMeasure.LIMIT_MEASURE_AMOUNT, LimitPeriod.LIMIT_PERIOD_TRANSACTION, 9);
        limit("life", LimitMeasure.LIMIT_MEASURE_AMOUNT, LimitPeriod.LIMIT_PERIOD_LIFE, 6_000);
        world.fund(world.alice, 20_000);
        world.transfer(RequestWorld.JOB, 2_000);
        world.clock.advance(Duration.ofDays(1));
        world.transfer(RequestWorld.JOB, 4_000);
        var uses = use("usr_alice").getUsesList();
        assertEquals(
                List.of(4_000L, 6_000L, 0L, 6_000L),
                uses.stream().map(each -> each.getUsed().getMinor()).toList());
        assertEquals(
                List.of(false, true, false, true),
                uses.stream().map(LimitUse::getReached).toList());
        assertEquals("2026-03-03", uses.get(0).getFrom());
        assertEquals("2026-03-04", uses.get(0).getUntil());
        assertEquals(2, uses.get(1).getNumber());
        assertEquals("2026-04-01", uses.get(1).getUntil());
        assertEquals("", uses.get(2).getFrom());
        assertEquals("", uses.get(3).getUntil());
        assertEquals(0, use("usr_bob").getUses(0).getNumber());
        contract("gold", "pfl_gold", "2026-03-03");
        assertEquals("pfl_gold", use("usr_alice").getProfiles(0).getId());
        assertEquals(0, use("usr_alice").getUsesCount());
    }

    /// K-055.
    @Test
    void limitsOfAllProfilesAreListedInPages() {
        var day = limit(
                "day", LimitMeasure.LIMIT_MEASURE_AMOUNT, LimitPeriod.LIMIT_PERIOD_DAY, 5_000);
        var week = limit(
                "week", LimitMeasure.LIMIT_MEASURE_AMOUNT, LimitPeriod.LIMIT_PERIOD_WEEK, 9_000);
        var first = limits(
                ListLimitsRequest.newBuilder().setPage(PageRequest.newBuilder().setSize(1)));
        assertEquals(List.of(day), first.getLimitsList());
        var second = limits(ListLimitsRequest.newBuilder()
                .setPage(PageRequest.newBuilder()
                        .setSize(2)
                        .setToken(first.getPage().getNextToken())));
        assertEquals(List.of(week), second.getLimitsList());
        assertEquals("", second.getPage().getNextToken());
        assertEquals(
                0,
                limits(ListLimitsRequest.newBuilder().setProfileId("pfl_gold")).getLimitsCount());
    }

    private CalculateCommissionResponse calculate(CalculateCommissionRequest.Builder ask) {
        var request = ask.build();
        return Answer.of(ASKER, answer -> commissions.calculateCommission(request, answer));
    }

    private GetLimitUseResponse use(String owner) {
        var ask = GetLimitUseRequest.newBuilder().setOwner(owner).build();
        return Answer.of(ASKER, answer -> commissions.getLimitUse(ask, answer));
    }

    private ListLimitsResponse limits(ListLimitsRequest.Builder ask) {
        var request = ask.build();
        return Answer.of(ASKER, answer -> commissions.listLimits(request, answer));
    }

    private Limit limit(String key, LimitMeasure measure, LimitPeriod period, long maximum) {
        var put = PutLimitRequest.newBuilder()
                .setIdempotencyKey(key)
                .setProfileId("pfl_base")
                .setKind(RequestKind.REQUEST_KIND_CLIENT_TRANSFER)
                .setCurrency("EUR")
                .setMeasure(measure)
                .setPeriod(period)
                .setMaximum(maximum)
                .setConsequence(LimitConsequence.LIMIT_CONSEQUENCE_CONFIRMATION)
                .setActive(true)
                .build();
        return Answer.<PutLimitResponse>of(ASKER, answer -> commissions.putLimit(put, answer))
                .getLimit();
    }

    private void contract(String key, String profile, String from) {
        var put = PutContractRequest.newBuilder()
                .setIdempotencyKey(key)
                .setOwner("usr_alice")
                .setProfileId(profile)
                .setFrom(from)
                .build();
        Answer.<PutContractResponse>of(ASKER, answer -> commissions.putContract(put, answer));
    }

    private static List<Boolean> actives(GetProfileResponse profile) {
        return profile.getRulesList().stream().map(rule -> rule.getActive()).toList();
    }

    private GetProfileResponse profile(String id) {
        var get = GetProfileRequest.newBuilder().setProfileId(id).build();
        return Answer.of(ASKER, answer -> commissions.getProfile(get, answer));
    }

    private PutRuleResponse put(PutRuleRequest request) {
        return Answer.of(ASKER, answer -> commissions.putRule(request, answer));
    }

    static PutRuleRequest.Builder rule() {
        return PutRuleRequest.newBuilder()
                .setIdempotencyKey("rule")
                .setProfileId("pfl_gold")
                .setKind(RequestKind.REQUEST_KIND_CLIENT_TRANSFER)
                .setFrom("2026-01-01")
                .setActive(true)
                .setDirection(CommissionDirection.COMMISSION_DIRECTION_SHARED);
    }

    static CommissionRange range(FormulaKind formula, int millionths, long fixed) {
        return CommissionRange.newBuilder()
                .setFormula(formula)
                .setMillionths(millionths)
                .setFixedMinor(fixed)
                .build();
    }
}

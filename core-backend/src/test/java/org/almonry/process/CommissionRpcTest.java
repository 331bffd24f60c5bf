package org.almonry.process;

import static org.almonry.process.RequestWorld.ASKER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.almonry.error.v1.Reason;
import org.almonry.idempotency.Idempotency;
import org.almonry.process.v1.CommissionDirection;
import org.almonry.process.v1.CommissionRange;
import org.almonry.process.v1.CommissionRounding;
import org.almonry.process.v1.CreateProfileRequest;
import org.almonry.process.v1.CreateProfileResponse;
import org.almonry.process.v1.FormulaKind;
import org.almonry.process.v1.GetProfileRequest;
import org.almonry.process.v1.GetProfileResponse;
import org.almonry.process.v1.LimitConsequence;
import org.almonry.process.v1.LimitMeasure;
import org.almonry.process.v1.LimitPeriod;
import org.almonry.process.v1.ListContractsRequest;
import org.almonry.process.v1.ListContractsResponse;
import org.almonry.process.v1.ListProfilesRequest;
import org.almonry.process.v1.ListProfilesResponse;
import org.almonry.process.v1.ProfileLevel;
import org.almonry.process.v1.PutContractRequest;
import org.almonry.process.v1.PutContractResponse;
import org.almonry.process.v1.PutLimitRequest;
import org.almonry.process.v1.PutLimitResponse;
import org.almonry.process.v1.PutRuleRequest;
import org.almonry.process.v1.PutRuleResponse;
import org.almonry.process.v1.RequestKind;
import org.almonry.testing.Answer;
import org.almonry.wire.Failure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.LocalDate;
import java.util.List;

/// The back office's view of price lists and contracts: what is sent comes back as it was
/// meant.
class CommissionRpcTest {
    private final RequestWorld world = new RequestWorld();
    private final CommissionRpc commissions = new CommissionRpc(
            world.commissions,
            world.limits,
            new Idempotency(world.database.accounting(), world.ids, world.clock),
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

package org.almonry.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.error.v1.Reason;
import org.almonry.gateway.testing.CoreFixture;
import org.almonry.gateway.testing.FakeCommissions;
import org.almonry.gateway.testing.PageCheck;
import org.almonry.gateway.testing.Site;
import org.almonry.process.v1.CommissionDirection;
import org.almonry.process.v1.CommissionRounding;
import org.almonry.process.v1.FormulaKind;
import org.almonry.process.v1.RequestKind;
import org.almonry.wire.Failure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/// Price lists at the admin gateway: what they say, how they grow, who has them, and what
/// something would cost (K-050 to K-054, K-056, K-057).
class CommissionPagesTest {

    private static final String RULE = "/commissions/pfl_base/rules/new";
    private static final String END = "/commissions/pfl_base/rules/rule_1/end";

    private static CoreFixture core;
    private static Site site;

    @BeforeAll
    static void start() {
        core = new CoreFixture();
        site = new Site(core, Role.ADMIN);
    }

    @AfterAll
    static void stop() {
        site.close();
        core.close();
    }

    @AfterEach
    void mend() {
        core.commissions.failure = null;
    }

    private static String page(String path) {
        var answer = site.get(path, CoreFixture.ADMIN);
        assertEquals(200, answer.statusCode(), path);
        return answer.body();
    }

    private static String location(HttpResponse<String> answer) {
        assertEquals(303, answer.statusCode(), answer.body());
        return answer.headers().firstValue("Location").orElse("");
    }

    private static String refused(HttpResponse<String> answer) {
        assertEquals(422, answer.statusCode(), answer.body());
        PageCheck.check("refused", answer);
        return answer.body();
    }

    private static void assertShows(String html, String... parts) {
        for (String part : parts) {
            assertTrue(html.contains(part), part + " in\n" + html);
        }
    }

    @Test
    void aPriceListShowsItsRulesAsATable() {
        String html = page("/commissions/pfl_base");
        assertShows(
                html,
                "OUT: the sender, on top",
                "from \u20ac0.00 to below \u20ac100.00",
                "from \u20ac100.00",
                "1.25\u00a0%",
                "share, with a minimum",
                "\u20ac1.50",
                "share, with a maximum",
                "from Jan 1, 2026 until before Feb 1, 2026",
                "in force",
                "still to come",
                "over",
                "switched off",
                "/rules/rule_1/end\"",
                "3 limits.");
        assertFalse(html.contains("/rules/rule_2/end\""), "what is over cannot be ended");
        String list = page("/commissions");
        assertFalse(list.contains(FakeCommissions.NASTY), list);
        assertShows(list, "Choir &lt;b&gt;", "href=\"/commissions/pfl_own\"");
        assertEquals(404, site.get("/commissions/pfl_9", CoreFixture.ADMIN).statusCode());
    }

    @Test
    void anOwnPriceListIsMadeAsACopy() {
        refused(site.submit("/commissions", "/commissions", CoreFixture.ADMIN));
        var made = site.submit(
                "/commissions",
                "/commissions",
                CoreFixture.ADMIN,
                "name",
                "For the choir",
                "copy_of",
                "pfl_base",
                "with_limits",
                "yes");
        assertEquals("/commissions/pfl_own?done=profile-made", location(made));
        var put = core.commissions.profiles.getLast();
        assertEquals("pfl_base", put.getCopyOf());
        assertTrue(put.getWithLimits());
        assertFalse(put.getIdempotencyKey().isEmpty());
    }

    @Test
    void aRuleIsAddedWithItsRanges() {
        var added = site.submit(
                RULE,
                RULE,
                CoreFixture.ADMIN,
                "kind",
                "BANK_REDEEM",
                "currencies",
                "eur, usd",
                "from",
                "2026-12-01",
                "direction",
                "shared",
                "rounding",
                "up",
                "formula-0",
                "percent",
                "below-0",
                "100",
                "percent-0",
                "1,25",
                "min-1",
                "100",
                "formula-1",
                "greater",
                "percent-1",
                "2.0005",
                "fixed-1",
                "3.50");
        assertEquals("/commissions/pfl_base?done=rule-added", location(added));
        var rule = core.commissions.rules.getLast();
        assertEquals(RequestKind.REQUEST_KIND_BANK_REDEEM, rule.getKind());
        assertEquals(List.of("EUR", "USD"), rule.getCurrenciesList());
        assertEquals(CommissionDirection.COMMISSION_DIRECTION_SHARED, rule.getDirection());
        assertEquals(CommissionRounding.COMMISSION_ROUNDING_UP, rule.getRounding());
        assertTrue(rule.getActive());
        assertEquals(2, rule.getRangesCount());
        assertEquals(12_500, rule.getRanges(0).getMillionths());
        assertEquals(10_000, rule.getRanges(0).getBelowMinor());
        assertEquals(FormulaKind.FORMULA_KIND_GREATER, rule.getRanges(1).getFormula());
        assertEquals(20_005, rule.getRanges(1).getMillionths());
        assertEquals(350, rule.getRanges(1).getFixedMinor());
        assertFalse(rule.getRanges(1).hasBelowMinor());
    }

    @Test
    void whatIsWrongWithARuleIsToldBesideItsField() {
        String html = refused(site.submit(
                RULE,
                RULE,
                CoreFixture.ADMIN,
                "currencies",
                "euro",
                "from",
                "2026-12-01",
                "until",
                "2026-12-01",
                "formula-0",
                "percent",
                "percent-0",
                "101",
                "fixed-0",
                "7",
                "min-1",
                "5",
                "min-2",
                "9",
                "below-2",
                "8",
                "formula-2",
                "zero"));
        assertShows(
                html,
                "id=\"currencies-error\"",
                "id=\"until-error\"",
                "id=\"percent-0-error\"",
                "id=\"fixed-0-error\"",
                "id=\"formula-1-error\"",
                "id=\"below-2-error\"",
                "value=\"euro\"",
                "value=\"101\"");
        int before = core.commissions.rules.size();
        core.commissions.failure = new Failure(
                Reason.INVALID_ARGUMENT,
                "This cannot be.",
                List.of(new Failure.Violation("ranges", "the ranges of a rule overlap")));
        assertShows(refused(plain()), "the ranges of a rule overlap", "href=\"#ranges\"");
        core.commissions.failure = new Failure(Reason.WRONG_STATE, "Another active rule holds.");
        assertShows(refused(plain()), "id=\"from-error\"", "Another active rule holds.");
        assertEquals(before, core.commissions.rules.size());
    }

    private static HttpResponse<String> plain() {
        return site.submit(
                RULE,
                RULE,
                CoreFixture.ADMIN,
                "kind",
                "REDEEM",
                "currencies",
                "EUR",
                "from",
                "2026-12-01",
                "direction",
                "out",
                "formula-0",
                "fixed",
                "fixed-0",
                "1.00");
    }

    @Test
    void moreRangesAreOfferedWithoutLosingWhatWasTyped() {
        var more = site.submit(
                RULE, RULE, CoreFixture.ADMIN, "do", "more", "fixed-2", "nonsense so far");
        assertEquals(200, more.statusCode());
        PageCheck.check("more", more);
        assertShows(more.body(), "id=\"fixed-5\"", "value=\"nonsense so far\"");
        assertFalse(more.body().contains("class=\"error\""), more.body());
    }

    @Test
    void aRuleIsEndedOnADayOrSwitchedOff() {
        assertShows(page(END), "Transfer in EUR by Base: this rule holds from Jan 1, 2026 on.");
        location(site.submit(END, END, CoreFixture.ADMIN, "until", "2026-12-31"));
        var ended = core.commissions.rules.getLast();
        assertEquals("rule_1", ended.getRuleId());
        assertEquals("2026-12-31", ended.getUntil());
        assertTrue(ended.getActive());
        assertEquals(2, ended.getRangesCount());
        location(site.submit(END, END, CoreFixture.ADMIN, "until", "2025-12-31"));
        var off = core.commissions.rules.getLast();
        assertFalse(off.getActive());
        assertEquals("", off.getUntil());
        refused(site.submit(END, END, CoreFixture.ADMIN, "until", ""));
        assertEquals(404, site.get(END.replace("_1", "_9"), CoreFixture.ADMIN).statusCode());
    }

    @Test
    void aClientIsGivenAPriceList() {
        assertShows(page("/contracts"), "prj_1", "Choir &lt;b&gt;");
        page("/contracts?profile=pfl_own&of=prj_1");
        assertEquals("prj_1", core.commissions.contractLists.getLast().getOwner());
        var form = List.of("profile_id", "pfl_own", "from", "2026-12-01", "owner");
        var nobody = new ArrayList<>(form);
        nobody.add("prj_nobody");
        String html = refused(contract(nobody));
        assertShows(html, "id=\"owner-error\"", "value=\"prj_nobody\"");
        var known = new ArrayList<>(form);
        known.add("prj_1");
        assertEquals("/contracts?done=contract-put&of=prj_1", location(contract(known)));
        assertEquals("pfl_own", core.commissions.contracts.getLast().getProfileId());
        core.commissions.failure = Failure.invalid("from", "a contract starts today or later");
        assertShows(refused(contract(known)), "id=\"from-error\"");
    }

    private static HttpResponse<String> contract(List<String> fields) {
        return site.submit(
                "/contracts", "/contracts/new", CoreFixture.ADMIN, fields.toArray(String[]::new));
    }

    @Test
    void whatItWouldCostIsTheCoresCalculationWithAPicture() {
        String html = page("/costs?kind=CLIENT_TRANSFER&amount=80&currency=eur&owner=prj_1");
        assertShows(
                html,
                "\u20ac80.80",
                "\u20ac0.80",
                "<path class=\"plot-line\" d=\"M",
                "role=\"img\" aria-label=\"A line of the commission",
                "\u20ac99.99",
                "\u20ac160.00");
        var asked = core.commissions.questions;
        assertEquals(List.of(8_000L), asked.get(asked.size() - 2).getAmountsMinorList());
        assertEquals("prj_1", asked.getLast().getOwner());
        assertTrue(asked.getLast().getAmountsMinorList().containsAll(List.of(9_999L, 10_000L)));
        assertShows(
                page("/costs?kind=CLIENT_TRANSFER&amount=2000000&currency=EUR"),
                "The commission would be more than the amount",
                "Where the line is missing");
        assertFalse(html.contains("Where the line is missing"), html);
        for (String wrong : List.of(
                "amount=otter",
                "amount=5&currency=euro",
                "kind=REDEEM&amount=",
                "amount=5&owner=prj_1&profile=pfl_base",
                "kind=REDEEM&amount=5&profile=pfl_gone")) {
            refused(site.get("/costs?" + wrong, CoreFixture.ADMIN));
        }
    }

    @Test
    void whoMayOnlyReadIsOfferedNoChange() {
        for (String path : List.of("/commissions", "/commissions/pfl_base", "/contracts")) {
            String html = site.get(path, CoreFixture.ACCOUNTANT).body();
            assertTrue(html.contains("<h1>"), path);
            assertFalse(html.contains("name=\"key\""), html);
            assertFalse(html.contains("/rules/"), html);
        }
        var refused = site.post(RULE, CoreFixture.ACCOUNTANT);
        assertEquals(403, refused.statusCode());
    }
}

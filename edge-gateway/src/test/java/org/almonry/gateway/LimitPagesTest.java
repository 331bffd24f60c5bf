package org.almonry.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.error.v1.Reason;
import org.almonry.gateway.testing.CoreFixture;
import org.almonry.gateway.testing.FakeRequests;
import org.almonry.gateway.testing.PageCheck;
import org.almonry.gateway.testing.Site;
import org.almonry.process.v1.LimitConsequence;
import org.almonry.process.v1.LimitMeasure;
import org.almonry.process.v1.LimitPeriod;
import org.almonry.process.v1.ProcessState;
import org.almonry.process.v1.RequestKind;
import org.almonry.wire.Failure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.util.List;

/// Limits at the admin gateway: which there are, how they are put, and how far a client has
/// come in them (K-042, K-055).
class LimitPagesTest {

    private static final String NEW = "/limits/new";
    private static final String DAY = "/commissions/pfl_base/limits/lim_1";

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
        core.commissions.isUnlimited = false;
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

    private static HttpResponse<String> add(String measure, String maximum) {
        return site.submit(
                NEW,
                NEW,
                CoreFixture.ADMIN,
                "profile_id",
                "pfl_own",
                "kind",
                "REDEEM",
                "currency",
                "usd",
                "measure",
                measure,
                "period",
                "quarter",
                "maximum",
                maximum,
                "consequence",
                "confirmation",
                "active",
                "yes");
    }

    @Test
    void allLimitsAreListedWithWhatTheyStop() {
        String html = page("/limits");
        assertShows(
                html,
                "\u20ac50.00",
                "number of requests",
                "stopped as limited",
                "refused",
                "href=\"" + DAY + "\"");
        assertShows(page("/limits?profile=pfl_own"), "There is no limit here");
    }

    @Test
    void aLimitIsAddedByAmountOrByNumber() {
        assertEquals("/limits?done=limit-put&profile=pfl_own", location(add("amount", "1.250,50")));
        var byAmount = core.commissions.limits.getLast();
        assertEquals(125_050, byAmount.getMaximum());
        assertEquals("USD", byAmount.getCurrency());
        assertEquals(RequestKind.REQUEST_KIND_REDEEM, byAmount.getKind());
        assertEquals(LimitPeriod.LIMIT_PERIOD_QUARTER, byAmount.getPeriod());
        assertEquals(LimitConsequence.LIMIT_CONSEQUENCE_CONFIRMATION, byAmount.getConsequence());
        assertTrue(byAmount.getActive());
        location(add("number", "3"));
        assertEquals(3, core.commissions.limits.getLast().getMaximum());
        assertEquals(
                LimitMeasure.LIMIT_MEASURE_NUMBER,
                core.commissions.limits.getLast().getMeasure());
    }

    @Test
    void whatIsWrongIsToldBesideItsFieldWithWhatWasTyped() {
        for (String measure : List.of("amount", "number")) {
            assertShows(refused(add(measure, "some")), "id=\"maximum-error\"", "value=\"some\"");
        }
        assertShows(refused(add("number", "2.5")), "id=\"maximum-error\"");
        assertShows(refused(add("amount", "")), "This is needed.");
        core.commissions.failure =
                new Failure(Reason.LIMIT_REACHED, "A profile has at most 500 limits.");
        assertShows(refused(add("amount", "5")), "id=\"profile_id-error\"", "at most 500 limits");
        core.commissions.failure = Failure.invalid("maximum", "a limit is not negative");
        assertShows(refused(add("amount", "5")), "This was not taken: a limit is not negative.");
    }

    @Test
    void aLimitIsReplacedUnderItsOwnId() {
        assertShows(page(DAY), "value=\"50.00\"", "checked");
        location(site.submit(
                DAY,
                DAY,
                CoreFixture.ADMIN,
                "measure",
                "amount",
                "period",
                "week",
                "maximum",
                "75",
                "consequence",
                "refusal"));
        var put = core.commissions.limits.getLast();
        assertEquals("lim_1", put.getLimitId());
        assertEquals("EUR", put.getCurrency());
        assertEquals(RequestKind.REQUEST_KIND_CLIENT_TRANSFER, put.getKind());
        assertEquals(7_500, put.getMaximum());
        assertFalse(put.getActive(), "without its tick it is switched off");
        assertEquals(404, site.get(DAY + "0", CoreFixture.ADMIN).statusCode());
    }

    @Test
    void aClientsUseIsShownByLimitWithWhatIsStopped() {
        String html = page("/usage?owner=prj_1");
        assertShows(
                html,
                "Otter rescue",
                "reached: the next is stopped",
                "within the limit",
                "from Nov 21, 2026 until before Nov 22, 2026",
                "2 requests",
                "<progress max=\"5000\" value=\"5000\"",
                "href=\"/requests/" + FakeRequests.TRANSFER + "\"");
        var asked = core.requests.lists.getLast();
        assertEquals("coin_4", asked.getCoinId());
        assertEquals(List.of(ProcessState.PROCESS_STATE_LIMITED), asked.getStatesList());
        core.commissions.isUnlimited = true;
        assertShows(page("/usage?owner=prj_1"), "No limit holds for this client.");
        core.commissions.isUnlimited = false;
        assertShows(page("/usage?owner=Otter"), "value=\"prj_1\"", "reached: the next");
        assertShows(refused(site.get("/usage?owner=o", CoreFixture.ADMIN)), "2 owners");
        refused(site.get("/usage?owner=prj_nobody", CoreFixture.ADMIN));
        assertShows(page("/coins/coin_4"), "href=\"/usage?owner=prj_1\"");
        refused(site.get("/usage?owner=" + "x".repeat(61), CoreFixture.ADMIN));
    }

    @Test
    void whoMayOnlyReadIsOfferedNoChange() {
        String html = site.get("/limits", CoreFixture.ACCOUNTANT).body();
        assertTrue(html.contains("\u20ac50.00"), html);
        assertFalse(html.contains("/limits/"), html);
        assertEquals(403, site.post(NEW, CoreFixture.ACCOUNTANT).statusCode());
    }
}

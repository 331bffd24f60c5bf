package org.almonry.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.error.v1.Reason;
import org.almonry.gateway.testing.CoreFixture;
import org.almonry.gateway.testing.FakeRequests;
import org.almonry.gateway.testing.PageCheck;
import org.almonry.gateway.testing.Site;
import org.almonry.process.v1.ListRequestsRequest.Order;
import org.almonry.process.v1.ProcessState;
import org.almonry.process.v1.RequestAction;
import org.almonry.process.v1.RequestKind;
import org.almonry.process.v1.RequestState;
import org.almonry.wire.Failure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.util.List;

/// Requests at the admin gateway: what waits, what exactly is decided, who may (K-041, K-050,
/// K-056, C-086).
class RequestPagesTest {

    private static final String TRANSFER = "/requests/" + FakeRequests.TRANSFER;
    private static final String REVERSAL = "/requests/" + FakeRequests.REVERSAL;

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
        core.requests.failure = null;
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

    @Test
    void whatHasToBeDecidedIsListedWithItsTotals() {
        String html = page("/requests");
        assertTrue(html.contains(TRANSFER), html);
        assertTrue(html.contains("2 requests by this filter"));
        assertTrue(html.contains("\u20ac25.50"), "taken");
        assertTrue(core.requests
                .lists
                .getLast()
                .getStatesList()
                .contains(ProcessState.PROCESS_STATE_WAITING_FOR_APPROVAL));
        assertTrue(page("/requests?state=declined").contains("There is no such request."));
        assertTrue(page("/").contains("href=\"/requests\""));
    }

    @Test
    void theFilterIsPassedOnAndNonsenseIsToldInTheForm() {
        page("/requests?state=all&kind=REDEEM&coin=coin_4&asked_by=usr_2&from=2026-11-01"
                + "&to=2026-11-01&order=largest");
        var asked = core.requests.lists.getLast();
        assertEquals(List.of(), asked.getStatesList());
        assertEquals(List.of(RequestKind.REQUEST_KIND_REDEEM), asked.getKindsList());
        assertEquals("coin_4", asked.getCoinId());
        assertEquals("usr_2", asked.getAskedBy());
        assertEquals(24 * 3600, asked.getUntil().getSeconds() - asked.getFrom().getSeconds());
        assertEquals(Order.ORDER_LARGEST, asked.getOrder());
        for (String wrong : List.of("coin=otter", "from=soon", "from=2026-02-02&to=2026-02-01")) {
            var answer = site.get("/requests?" + wrong, CoreFixture.ADMIN);
            assertEquals(422, answer.statusCode(), wrong);
            PageCheck.check(wrong, answer);
        }
    }

    @Test
    void aRequestSaysInWordsAndToTheCentWhatItDoes() {
        String html = page(TRANSFER);
        for (String part : List.of(
                "\u20ac25.00 goes from M\u00fcller &lt;script&gt;",
                "to Otter rescue.",
                "\u221225.50",
                "\u20ac99.50",
                "\u20ac24.75",
                "\u20ac1,149.75",
                "Commission of the hoster",
                "Needs a second person",
                "over 20.00 EUR a day",
                "href=\"" + TRANSFER + "/approve\"")) {
            assertTrue(
                    html.contains(part) || html.contains(part.replace("\u2212", "\u2212\u20ac")),
                    part + " in\n" + html);
        }
        assertFalse(html.contains(FakeRequests.WHY), html);
    }

    @Test
    void anApprovalCarriesTheStateThatWasSeen() {
        String ask = page(TRANSFER + "/approve");
        assertTrue(ask.contains("Approve now") && ask.contains("\u20ac25.00 goes from"), ask);
        var answer = site.submit(TRANSFER + "/approve", TRANSFER + "/approve", CoreFixture.ADMIN);
        assertEquals(TRANSFER + "?done=request-approve", location(answer));
        var decision = core.requests.decisions.getLast();
        assertEquals(RequestAction.REQUEST_ACTION_APPROVE, decision.getAction());
        assertEquals(RequestState.REQUEST_STATE_REQUIRES_CONFIRMATION, decision.getSeenState());
        assertEquals(FakeRequests.TRANSFER, decision.getRequestId());
        assertFalse(decision.getIdempotencyKey().isEmpty());
        assertTrue(page(TRANSFER + "?done=request-approve").contains("Approved. The state"));
    }

    @Test
    void aRefusalNeedsAReason() {
        String path = TRANSFER + "/decline";
        var silent = site.submit(path, path, CoreFixture.ADMIN);
        assertEquals(422, silent.statusCode());
        PageCheck.check(path, silent);
        assertTrue(silent.body().contains("This is needed."));
        var answer = site.submit(path, path, CoreFixture.ADMIN, "reason", "not ours");
        assertEquals(TRANSFER + "?done=request-decline", location(answer));
        assertEquals("not ours", core.requests.decisions.getLast().getReason());
    }

    @Test
    void whoAskedSeesWhySomebodyElseHasToApprove() {
        String html = page(REVERSAL);
        assertTrue(html.contains("You asked for this yourself"), html);
        assertFalse(html.contains(REVERSAL + "/approve"), html);
        assertFalse(page(TRANSFER).contains("You asked for this yourself"));
        assertEquals(
                REVERSAL + "?done=not-now",
                location(site.get(REVERSAL + "/approve", CoreFixture.ADMIN)));
        assertEquals(404, site.get(REVERSAL + "/steal", CoreFixture.ADMIN).statusCode());
    }

    @Test
    void whatTheCoreRefusesIsToldWithTheFormAndWhatWasTyped() {
        for (var reason : List.of(
                Reason.STALE, Reason.NOT_ALLOWED, Reason.WRONG_STATE, Reason.LIMIT_REACHED)) {
            core.requests.failure = new Failure(reason, "It has moved on since.");
            var answer = site.submit(
                    TRANSFER + "/approve",
                    TRANSFER + "/approve",
                    CoreFixture.ADMIN,
                    "reason",
                    "looks right");
            assertEquals(422, answer.statusCode(), reason.name());
            PageCheck.check(reason.name(), answer);
            assertTrue(answer.body().contains("It has moved on since."));
            assertTrue(answer.body().contains("value=\"looks right\""));
        }
    }

    @Test
    void aBookedProcessCanBeAskedBackWithAReason() {
        String process = "/processes/" + FakeRequests.TRANSFER;
        String html = page(process);
        assertTrue(html.contains("href=\"" + TRANSFER + "\""), html);
        assertTrue(html.contains("href=\"" + process + "/reverse\""), html);
        assertFalse(page("/processes/prc_0197").contains("/reverse\""));
        var silent = site.submit(process + "/reverse", process + "/reverse", CoreFixture.ADMIN);
        assertEquals(422, silent.statusCode());
        var answer = site.submit(
                process + "/reverse", process + "/reverse", CoreFixture.ADMIN, "reason", "twice");
        assertEquals(REVERSAL + "?done=reversal-asked", location(answer));
        assertEquals("twice", core.requests.reversals.getLast().getReason());
    }

    @Test
    void whoMayOnlyReadIsOfferedNoDecision() {
        String html = site.get(TRANSFER, CoreFixture.ACCOUNTANT).body();
        assertFalse(html.contains("/approve"), html);
        var refused = site.post(TRANSFER + "/approve", CoreFixture.ACCOUNTANT);
        assertEquals(403, refused.statusCode());
        String process = site.get("/processes/" + FakeRequests.TRANSFER, CoreFixture.ACCOUNTANT)
                .body();
        assertFalse(process.contains("/reverse\""), process);
    }
}

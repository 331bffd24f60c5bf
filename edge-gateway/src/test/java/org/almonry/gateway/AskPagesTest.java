package org.almonry.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.error.v1.Reason;
import org.almonry.gateway.testing.CoreFixture;
import org.almonry.gateway.testing.FakeRequests;
import org.almonry.gateway.testing.PageCheck;
import org.almonry.gateway.testing.Site;
import org.almonry.process.v1.CreateRequestRequest;
import org.almonry.process.v1.LimitConsequence;
import org.almonry.wire.Failure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/// Making a request at the admin gateway: typed, shown with its price and its limits, sent
/// once (K-041, K-055, K-056).
class AskPagesTest {

    private static final String TRANSFER = "/requests/new/CLIENT_TRANSFER";
    private static final String PAYOUT = "/requests/new/BANK_REDEEM";

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
        core.requests.price = 50;
        core.requests.consequence = LimitConsequence.LIMIT_CONSEQUENCE_UNSPECIFIED;
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

    private static HttpResponse<String> quote(String from, String to, String amount) {
        return site.submit(
                TRANSFER,
                TRANSFER,
                CoreFixture.ADMIN,
                "from_coin_id",
                from,
                "to_coin_id",
                to,
                "amount",
                amount,
                "why",
                "nets & ropes");
    }

    private static String quoted() {
        var answer = quote("coin_8", "Otter", "25");
        assertEquals(200, answer.statusCode(), answer.body());
        PageCheck.check("quote", answer);
        return answer.body();
    }

    /// Sends the form of a quote, as a press of one of its buttons does.
    private static HttpResponse<String> press(String html, String button, String... changed) {
        var fields = new ArrayList<String>();
        String form = Site.form(html, TRANSFER);
        for (String name :
                List.of("csrf", "key", "taken", "from_coin_id", "to_coin_id", "amount", "why")) {
            fields.add(name);
            fields.add(Site.hidden(form, name).replace("&amp;", "&"));
        }
        fields.add("do");
        fields.add(button);
        for (int i = 0; i < changed.length; i += 2) {
            fields.set(fields.indexOf(changed[i]) + 1, changed[i + 1]);
        }
        return site.post(TRANSFER, CoreFixture.ADMIN, fields.toArray(String[]::new));
    }

    @Test
    void everyKindOfTheBackOfficeIsOffered() {
        String html = site.get("/requests/new?coin=coin_4", CoreFixture.ADMIN).body();
        for (String kind : List.of(
                "CLIENT_ISSUE", "CLIENT_TRANSFER", "REDEEM", "BANK_TOP_UP", "BANK_REDEEM")) {
            assertShows(html, "href=\"/requests/new/" + kind + "?coin=coin_4\"");
        }
        assertFalse(html.contains("CONTRACT_FEE"), html);
        assertEquals(
                404, site.get("/requests/new/CONTRACT_FEE", CoreFixture.ADMIN).statusCode());
        assertShows(site.get("/requests", CoreFixture.ADMIN).body(), "href=\"/requests/new\"");
        assertShows(
                site.get("/coins/coin_4", CoreFixture.ADMIN).body(),
                "href=\"/requests/new?coin=coin_4\"");
        assertFalse(site.get("/coins/coin_9", CoreFixture.ADMIN)
                .body()
                .contains("href=\"/requests/new"));
    }

    @Test
    void theQuoteShowsPriceAndLimitsBeforeAnythingIsSent() {
        int before = core.requests.made.size();
        assertShows(
                quoted(),
                "\u20ac25.00 goes from M\u00fcller &lt;script&gt;",
                "to Otter rescue.",
                "\u221225.50".replace("\u2212", "\u2212\u20ac"),
                "\u20ac99.50",
                "Commission of the hoster",
                "Limits before this request",
                "too little left: it is stopped",
                "nets &amp; ropes",
                "Send the request");
        assertEquals(before, core.requests.made.size());
        var asked = core.requests.questions.getLast();
        assertEquals("coin_4", asked.getDetails().getClientTransfer().getToCoinId());
        assertEquals(2_500, asked.getAmount().getMinor());
    }

    @Test
    void sendingTwiceMakesOneRequest() {
        String html = quoted();
        int before = core.requests.made.size();
        for (int i = 0; i < 2; i++) {
            var sent = press(html, "send");
            assertEquals(303, sent.statusCode(), sent.body());
            assertEquals(
                    "/requests/" + FakeRequests.TRANSFER + "?done=request-made",
                    sent.headers().firstValue("Location").orElse(""));
        }
        assertEquals(before + 1, core.requests.made.size());
        CreateRequestRequest made = core.requests.made.getLast();
        assertEquals(2_550, made.getExpectedTaken().getMinor());
        assertEquals("nets & ropes", made.getWhy());
        String other = refused(press(html, "send", "amount", "26", "taken", "2650"));
        assertShows(other, "sent from this form already", "value=\"26\"");
        assertFalse(
                Site.hidden(Site.form(other, TRANSFER), "key").equals(made.getIdempotencyKey()),
                "what is sent next is on purpose");
    }

    @Test
    void anotherPriceThanTheOneShownIsShownFirst() {
        String html = quoted();
        core.requests.price = 75;
        String again = refused(press(html, "send"));
        assertShows(again, "The price has changed meanwhile", "\u20ac0.75", "Send the request");
        assertFalse(again.contains("is available in"), again);
        assertEquals(303, press(again, "send").statusCode());
        assertEquals(2_575, core.requests.made.getLast().getExpectedTaken().getMinor());
        // Without a price nothing was shown, so nothing is sent.
        var silent = press(html, "send", "taken", "");
        assertEquals(200, silent.statusCode());
        assertShows(silent.body(), "Send the request");
    }

    @Test
    void aCoinThatHasLessThanItTakesIsNamedBeforehand() {
        var answer = quote("coin_8", "coin_4", "124.51");
        assertEquals(200, answer.statusCode());
        assertShows(answer.body(), "Only \u20ac125.00 is available in M\u00fcller");
        assertFalse(quote("coin_8", "coin_4", "124.50").body().contains("is available in"));
    }

    @Test
    void whatWasTypedCanBeChanged() {
        var answer = press(quoted(), "change");
        assertEquals(200, answer.statusCode());
        PageCheck.check("change", answer);
        assertShows(
                answer.body(),
                "value=\"coin_8\"",
                "value=\"coin_4\"",
                "value=\"25\"",
                "value=\"nets &amp; ropes\"");
    }

    @Test
    void whatIsWrongIsToldBesideItsField() {
        String empty = refused(quote("", "", ""));
        assertShows(
                empty,
                "id=\"from_coin_id-error\"",
                "id=\"to_coin_id-error\"",
                "id=\"amount-error\"");
        assertShows(refused(quote("coin_8", "o", "25")), "coins fit, such as", "(coin_4)");
        assertShows(refused(quote("coin_8", "zebra", "25")), "No open coin");
        assertShows(refused(quote("coin_8", "coin_99", "25")), "No open coin");
        assertShows(refused(quote("coin_8", "coin_8", "25")), "This is the coin that pays.");
        assertShows(
                refused(quote("coin_8", "coin_4", "many")),
                "id=\"amount-error\"",
                "value=\"many\"",
                "value=\"nets &amp; ropes\"");
        String bank = refused(site.submit(
                PAYOUT, PAYOUT, CoreFixture.ADMIN, "coin_id", "coin_4", "reference", "<b>"));
        assertShows(bank, "id=\"account_id-error\"", "id=\"reference-error\"", "value=\"&lt;b>\"");
    }

    @Test
    void whatTheCoreFindsIsToldBesideItsField() {
        core.requests.failure = Failure.invalid(
                "details.client_transfer.to_coin_id", "the coins have different issuers");
        assertShows(
                refused(quote("coin_8", "coin_4", "25")),
                "id=\"to_coin_id-error\"",
                "the coins have different issuers");
        core.requests.failure = null;
        String html = quoted();
        core.requests.failure = new Failure(Reason.LIMIT_REACHED, "This is over the limit.");
        assertShows(
                refused(press(html, "send")),
                "id=\"amount-error\"",
                "This is over the limit.",
                "value=\"25\"");
    }

    @Test
    void aLimitThatRefusesLeavesNothingToSend() {
        core.requests.consequence = LimitConsequence.LIMIT_CONSEQUENCE_LIMITED;
        assertShows(
                quoted(),
                "it will be stopped",
                "too little left: it is stopped",
                "within the limit",
                "value=\"send\"");
        core.requests.consequence = LimitConsequence.LIMIT_CONSEQUENCE_REFUSAL;
        String html = quoted();
        assertShows(html, "would be refused", "value=\"change\"");
        assertFalse(html.contains("value=\"send\""), html);
    }

    @Test
    void bankAccountsAreChosenFromOurs() {
        String html = site.get(PAYOUT, CoreFixture.ADMIN).body();
        assertShows(html, "<select id=\"account_id\"", "<option value=\"acc_");
        assertEquals(403, site.post(PAYOUT, CoreFixture.ADMIN).statusCode());
    }
}

package org.almonry.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.gateway.testing.CoreFixture;
import org.almonry.gateway.testing.FakeRequests;
import org.almonry.gateway.testing.PageCheck;
import org.almonry.gateway.testing.Samples;
import org.almonry.gateway.testing.Site;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.List;

/// The pages of the admin gateway over real HTTP and real mutual TLS (C-086).
class AdminPagesTest {

    private static final List<String> PAGES = List.of(
            "/",
            "/providers",
            "/runs",
            "/runs/run_01",
            "/runs/run_done",
            "/incoming",
            "/incoming?state=all&search=x",
            "/incoming/inc_01",
            "/incoming/inc_02",
            "/incoming/inc_03",
            "/incoming/inc_04",
            "/incoming/assign?line=inc_01&line=inc_02",
            "/incoming/inc_01/ignore",
            "/incoming/inc_04/undo",
            "/imports",
            "/export",
            "/projects",
            "/projects/prj_1",
            "/projects/prj_2",
            "/projects/new",
            "/nonprofits/new",
            "/ledger",
            "/coins/coin_4",
            "/coins/coin_4?page=older",
            "/coins/coin_9",
            "/coins/coin_4/balance?recorded=2026-10-31",
            "/coins/coin_4/explain",
            "/coins/coin_9/explain",
            "/coins/coin_4/statement",
            "/coins/coin_9/statement",
            "/processes",
            "/processes/prc_0197",
            "/transactions/txn_7",
            "/transactions/txn_8",
            "/transactions/txn_12",
            "/transactions/txn_7/proof",
            "/find",
            "/find?q=25",
            "/find?q=nothing",
            "/holds",
            "/holds?coin=coin_9",
            "/holds/hold_8",
            "/trial-balance",
            "/trial-balance?as_of=1999-12-31",
            "/journal",
            "/proof",
            "/proof/lift",
            "/periods",
            "/periods/close?issuer_key=hoster&closed_to=2026-10-31",
            "/proof/checkpoints/40",
            "/proof/checkpoints/38",
            "/requests",
            "/requests?state=declined",
            "/requests/" + FakeRequests.TRANSFER,
            "/requests/" + FakeRequests.REVERSAL,
            "/requests/" + FakeRequests.TRANSFER + "/approve",
            "/processes/" + FakeRequests.TRANSFER + "/reverse",
            "/commissions",
            "/commissions/pfl_base",
            "/commissions/pfl_own",
            "/commissions/pfl_base/rules/new",
            "/commissions/pfl_base/rules/rule_1/end",
            "/contracts",
            "/contracts?profile=pfl_own",
            "/costs",
            "/costs?kind=CLIENT_TRANSFER&amount=80&currency=EUR",
            "/costs?kind=CLIENT_TRANSFER&amount=2000000&currency=EUR",
            "/limits",
            "/limits?profile=pfl_own",
            "/limits/new?profile=pfl_base",
            "/commissions/pfl_base/limits/lim_1",
            "/usage",
            "/usage?owner=prj_1",
            "/requests/new",
            "/requests/new?coin=coin_4",
            "/requests/new/CLIENT_TRANSFER?coin=coin_4",
            "/requests/new/BANK_REDEEM",
            "/audit",
            "/mail",
            "/rates",
            "/users",
            "/users/usr_3/off");

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

    @Test
    void everyPageIsAccessibleAndStrictInEveryLanguage() {
        for (String path : PAGES) {
            for (String language : List.of("en", "de", "en-XA", "ar-XB")) {
                var answer =
                        site.get(path, CoreFixture.ADMIN, "Cookie", "__Host-language=" + language);
                assertEquals(200, answer.statusCode(), path);
                PageCheck.check(path, answer);
                assertTrue(answer.body().contains("<html lang=\"" + language + "\""), path);
            }
        }
    }

    @Test
    void everyPageNeedsASession() {
        for (String path : PAGES) {
            var answer = site.get(path, "");
            assertEquals(303, answer.statusCode(), path);
            assertEquals("/sign-in", answer.headers().firstValue("Location").orElse(""), path);
        }
    }

    /// A token of the public gateway is worthless here, and nothing at all is shown for it
    /// (C-004).
    @Test
    void aMembersSessionDoesNotOpenTheAdminPages() {
        var answer = site.get("/", CoreFixture.MEMBER);
        assertEquals(303, answer.statusCode());
        assertTrue(answer.headers().firstValue("Set-Cookie").orElse("").contains("Max-Age=0"));
    }

    @Test
    void whatAnAccountantMayNotDoIsNotOffered() {
        String html = site.get("/projects/prj_1", CoreFixture.ACCOUNTANT).body();
        assertFalse(html.contains("/milestones\""), html);
        assertFalse(
                site.get("/users", CoreFixture.ACCOUNTANT).body().contains("action=\"/users\""));
    }

    @Test
    void namesFromTheBankAreEscaped() {
        for (String path : List.of("/incoming", "/incoming/inc_01")) {
            String html = site.get(path, CoreFixture.ADMIN).body();
            assertFalse(html.contains(Samples.DONOR), path);
            assertTrue(html.contains("M. Kowalska &lt;b&gt;&amp; Söhne&lt;/b&gt;"), path);
        }
    }

    /// Suggestions come with their reasons, never a score alone.
    @Test
    void aSuggestionShowsItsReasonsAndItsEffectInWords() {
        String html = site.get("/incoming/inc_01", CoreFixture.ADMIN).body();
        assertTrue(html.contains("reference RF18 5390 0754 7034 equal"));
        assertTrue(html.contains("98 of 100"));
        assertTrue(html.contains("€50.00 to Otter rescue; of it €5.00"), html);
    }

    /// The rate is shown with source and direction, nothing is converted (C-082a).
    @Test
    void aRateIsShownWithDirectionAndSource() {
        String html = site.get("/rates", CoreFixture.ADMIN).body();
        assertTrue(html.contains("1 EUR = 1.1300 USD"));
        assertTrue(html.contains("ECB"));
    }

    @Test
    void theChartReadsItsFiguresFromTheTableBesideIt() {
        String html = site.get("/", CoreFixture.ADMIN).body();
        assertTrue(html.contains("data-chart=\"table-EUR\""));
        assertTrue(html.contains("<table id=\"table-EUR\">"));
        assertTrue(html.contains("data-minor=\"20000\""));
        String script =
                html.replaceAll("(?s).*src=\"(/assets/[0-9a-f]+/js/chart.umd.min.js)\".*", "$1");
        assertEquals(200, site.get(script, "").statusCode());
    }

    @Test
    void theMenuShowsWhereAPageBelongs() {
        String html = site.get("/runs/run_done", CoreFixture.ADMIN).body();
        assertTrue(html.contains("<a href=\"/providers\" aria-current=\"page\">"), html);
    }

    @Test
    void anIdInTheSearchOpensItsPage() {
        var answer = site.get("/ledger?search=prc_0197", CoreFixture.ADMIN);
        assertEquals(303, answer.statusCode());
        assertEquals(
                "/processes/prc_0197", answer.headers().firstValue("Location").orElse(""));
    }

    @Test
    void whatDoesNotExistIsA404InsideTheFrame() {
        for (String path :
                List.of("/incoming/inc_99", "/projects/prj_99", "/runs/nothing", "/no/such/page")) {
            var answer = site.get(path, CoreFixture.ADMIN);
            assertEquals(404, answer.statusCode(), path);
            assertTrue(answer.body().contains("<h1>"), path);
        }
    }

    @Test
    void theChosenLanguageIsKeptInTheBrowser() {
        var answer = site.get("/?lang=de", CoreFixture.ADMIN);
        String cookie = answer.headers().firstValue("Set-Cookie").orElse("");
        assertTrue(cookie.startsWith("__Host-language=de; Path=/; Secure; HttpOnly"), cookie);
        var next = site.send(site.request("/", "")
                .header("Cookie", "__Host-almonry=" + CoreFixture.ADMIN + "; __Host-language=de"));
        assertTrue(next.body().contains("<html lang=\"de\""));
    }

    @Test
    void verifyingShowsWhatWasChecked() {
        var answer = site.submit("/ledger", "/ledger/verify", CoreFixture.ADMIN);
        assertEquals(200, answer.statusCode());
        PageCheck.check("/ledger/verify", answer);
        assertTrue(answer.body().contains("every currency sums to zero"));
    }

    @Test
    void exportOfARangeIsAFileAndAMistakeIsAForm() {
        var file = site.get("/export.csv?from=2026-11-01&to=2026-11-20", CoreFixture.ADMIN);
        assertEquals(200, file.statusCode());
        assertEquals("date,amount\r\n2026-11-20,25.00\r\n", file.body());
        assertTrue(file.headers()
                .firstValue("Content-Disposition")
                .orElse("")
                .contains("2026-11-01-2026-11-20.csv"));
        var wrong = site.get("/export.csv?from=2026-11-20&to=2026-11-01", CoreFixture.ADMIN);
        assertEquals(422, wrong.statusCode());
        assertTrue(wrong.body().contains("value=\"2026-11-20\""));
        PageCheck.check("/export.csv", wrong);
        var since = site.submit("/export", "/export.csv", CoreFixture.ADMIN);
        assertEquals(200, since.statusCode());
    }
}

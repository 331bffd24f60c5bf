package org.almonry.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/// The whole path by clicks in a real Chromium, with and without JavaScript; screenshots
/// are kept in `deploy/target/screens` (C-012, C-032, C-033, C-039, C-040, C-086, C-091,
/// C-093, K-050, K-055).
class BrowserPathTest {

    private static final int DESK = 1200;
    private static final int PHONE = 320;
    private static final DemoLayout AT = RunningDemo.LAYOUT;

    private static Browser browser;
    private static Page adminPage;

    @BeforeAll
    static void open() throws Exception {
        var executable = Browser.installed();
        if (executable.isEmpty()) {
            System.err.println("### NO BROWSER IS INSTALLED: the browser tests are skipped."
                    + " Install chromium to run them. ###");
        }
        assumeTrue(executable.isPresent(), "no Chromium is installed");
        RunningDemo.get();
        browser = Browser.open(executable.get());
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void aGiftIsPledgedPaidFetchedBookedAndSeen() throws Exception {
        var giver = browser.person(DESK, true);
        giver.navigate(AT.widgetUrl() + "/river-trust/otter-rescue?lang=en");
        Browser.screenshot(giver, "01-donate");
        var bankLink = pledge(giver, "25", "Maria Example", "");
        Browser.screenshot(giver, "02-transfer");
        pay(bankLink, "Maria Example");

        var admin = admin();
        Browser.screenshot(admin, "03-overview-before");
        admin.navigate(AT.adminUrl() + "/providers?lang=en");
        Browser.screenshot(admin, "04-providers");
        button(admin.locator("form[action='/providers/demo-bank/fetch']")).click();
        admin.waitForURL(Pattern.compile(".*/runs/run_.*"));
        Browser.screenshot(admin, "05-run");
        awaitEnd(admin);
        Browser.screenshot(admin, "06-run-ended");
        admin.navigate(AT.adminUrl() + "/incoming?state=booked&lang=en");
        Browser.screenshot(admin, "07-incoming");
        assertTrue(admin.content().contains("Maria Example"));
        admin.navigate(AT.adminUrl() + "/?lang=en");
        admin.waitForTimeout(500);
        Browser.screenshot(admin, "08-overview-after");

        giver.waitForCondition(() -> {
            giver.reload();
            return giver.locator("#demo-bank").count() == 0;
        });
        Browser.screenshot(giver, "09-received");
        assertNoComplaints();
    }

    @Test
    void theWidgetWorksWithoutJavaScriptOnASmallScreen() {
        var giver = browser.person(PHONE, false);
        giver.navigate(AT.widgetUrl() + "/river-trust?lang=de");
        assertFitsWidth(giver);
        Browser.screenshot(giver, "10-basket-phone-de-no-script");
        giver.navigate(AT.widgetUrl() + "/river-trust/otter-rescue?lang=de");
        assertFitsWidth(giver);
        Browser.screenshot(giver, "11-donate-phone-de-no-script");
        giver.locator("#amount").fill("zwölf");
        giver.locator("form.card button[type=submit]").click();
        assertTrue(giver.locator("#amount").inputValue().equals("zwölf"), "what was typed is kept");
        Browser.screenshot(giver, "12-error-phone-de");
        giver.locator("#amount").fill("12,50");
        giver.locator("form.card button[type=submit]").click();
        giver.waitForURL(Pattern.compile(".*/pledge/.*"));
        assertTrue(giver.content().contains("RF"));
        assertFitsWidth(giver);
        Browser.screenshot(giver, "13-transfer-phone-de-no-script");
        assertNoComplaints();
    }

    @Test
    void aMemberSeesAmountAndDateOnly() throws Exception {
        var giver = browser.person(DESK, true);
        giver.navigate(AT.widgetUrl() + "/river-trust/otter-rescue?lang=en");
        pay(pledge(giver, "33", "Secret Giver", "secret@supporters.example"), "Secret Giver");
        fetch();
        var member = signIn("member@river-trust.example", AT.publicUrl());
        member.navigate(AT.publicUrl() + "/projects?lang=en");
        Browser.screenshot(member, "14-my-projects");
        member.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions()
                                .setName(Pattern.compile("otter", Pattern.CASE_INSENSITIVE)))
                .first()
                .click();
        Browser.screenshot(member, "15-my-project");
        assertTrue(member.content().contains("33.00"));
        assertFalse(member.content().contains("Secret Giver"));
        assertFalse(member.content().contains("secret@supporters.example"));
        assertNoComplaints();
    }

    @Test
    void everyAdminPageOpensWithoutAComplaint() throws Exception {
        var admin = admin();
        int number = 20;
        for (var path : List.of(
                "/",
                "/providers",
                "/runs",
                "/incoming",
                "/requests",
                "/imports",
                "/export",
                "/projects",
                "/ledger",
                "/processes",
                "/find",
                "/holds",
                "/trial-balance",
                "/periods",
                "/proof",
                "/journal",
                "/commissions",
                "/commissions/pfl_base",
                "/commissions/pfl_base/rules/new",
                "/contracts",
                "/costs",
                "/limits",
                "/limits/new",
                "/usage",
                "/requests/new",
                "/requests/new/CLIENT_TRANSFER",
                "/audit",
                "/mail",
                "/rates",
                "/users")) {
            var answer = admin.navigate(AT.adminUrl() + path + "?lang=en");
            assertEquals(200, answer.status(), path);
            assertEquals(1, admin.locator("h1").count(), path);
            Browser.screenshot(admin, number++ + "-admin" + path.replace('/', '-'));
        }
        for (var path : List.of(
                "/",
                "/providers",
                "/incoming",
                "/requests",
                "/ledger",
                "/commissions/pfl_base/rules/new",
                "/contracts",
                "/costs",
                "/limits/new",
                "/usage",
                "/trial-balance",
                "/proof")) {
            admin.setViewportSize(PHONE, 900);
            admin.navigate(AT.adminUrl() + path + "?lang=de");
            assertFitsWidth(admin);
            Browser.screenshot(admin, number++ + "-admin-phone" + path.replace('/', '-'));
        }
        assertNoComplaints();
    }

    /// From a coin of the demo world to the proof of one of its transactions, by links and
    /// forms alone.
    @Test
    void aBalanceIsFollowedDownToItsProof() throws Exception {
        var giver = browser.person(DESK, true);
        giver.navigate(AT.widgetUrl() + "/river-trust/otter-rescue?lang=en");
        pay(pledge(giver, "17", "Otto Example", ""), "Otto Example");
        fetch();
        var admin = admin();
        admin.navigate(AT.adminUrl() + "/trial-balance?lang=en");
        admin.waitForTimeout(500);
        Browser.screenshot(admin, "49-trial-balance");
        admin.navigate(AT.adminUrl() + "/ledger?search=otter&lang=en");
        admin.locator("tbody th a").first().click();
        admin.waitForTimeout(500);
        Browser.screenshot(admin, "50-coin");
        var coin = admin.url();
        follow(admin, "Explain this balance");
        admin.waitForTimeout(500);
        Browser.screenshot(admin, "51-explain");
        admin.locator("#parts ~ .scroll tbody td a[href*='/statement']").first().click();
        assertTrue(admin.content().contains("Only the entries behind one number"));
        assertTrue(admin.locator("tbody tr").count() > 0, "entries stand behind each number");
        Browser.screenshot(admin, "52-statement");
        admin.locator("tbody th a").first().click();
        Browser.screenshot(admin, "53-transaction");
        var transaction = admin.url().replaceFirst(".*/", "");
        follow(admin, "Proof that it is in the signed books");
        if (admin.locator("form[action='/proof/checkpoints']").count() > 0) {
            button(admin.locator("form[action='/proof/checkpoints']")).click();
            admin.waitForLoadState();
        }
        Browser.screenshot(admin, "54-inclusion");
        assertTrue(admin.content().contains("log_path"), admin.url());
        follow(admin, "Checkpoint");
        Browser.screenshot(admin, "55-checkpoint");
        admin.navigate(AT.adminUrl() + "/find?lang=en&q=" + transaction.replace("txn_", ""));
        Browser.screenshot(admin, "56-found");
        assertTrue(admin.content().contains(transaction));
        admin.navigate(coin + "/balance?effective=2026-01-31&lang=en");
        Browser.screenshot(admin, "57-as-of");
        admin.setViewportSize(PHONE, 900);
        for (var path : List.of(
                coin,
                coin + "/explain",
                coin + "/statement",
                AT.adminUrl() + "/transactions/" + transaction + "/proof",
                AT.adminUrl() + "/find?q=25")) {
            admin.navigate(path);
            assertFitsWidth(admin);
            Browser.screenshot(admin, "58-phone-" + path.replaceFirst(".*/", "").split("\\?")[0]);
        }
        assertNoComplaints();
    }

    /// Prices, limits and a request of the back office, which a second person agrees to
    /// (K-041, K-050 to K-056).
    @Test
    void aRequestIsPricedLimitedAndAgreedTo() throws Exception {
        var office = new OfficePath(AT.adminUrl(), admin());
        office.price();
        office.limit();
        var accountant = signIn("accountant@almonry.example", AT.adminUrl());
        OfficePath.approve(accountant, office.issue());
        OfficePath.approve(accountant, office.transfer());
        office.look(PHONE);
        assertNoComplaints();
    }

    /// What the bank has received is booked.
    private static void fetch() throws Exception {
        var token = admin().context().cookies().stream()
                .filter(c -> c.name.startsWith("__Host-"))
                .findFirst()
                .orElseThrow()
                .value;
        try (var admin = DemoAdmin.withSession(AT, token)) {
            admin.fetch("demo-bank");
        }
    }

    private static void follow(Page page, String text) {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(text))
                .first()
                .click();
        page.waitForLoadState();
    }

    /// Fills in the donation form and returns the address of the demo bank with everything
    /// filled in.
    private static String pledge(Page giver, String amount, String name, String email) {
        giver.locator("#amount").fill(amount);
        giver.locator("#name").fill(name);
        giver.locator("#email").fill(email);
        giver.locator("form.card button[type=submit]").click();
        giver.waitForURL(Pattern.compile(".*/pledge/.*"));
        return giver.locator("#demo-bank").getAttribute("href");
    }

    private static void pay(String bankLink, String name) {
        var bank = browser.person(DESK, true);
        bank.navigate(bankLink);
        bank.locator("#name").fill(name);
        bank.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Pay"))
                .click();
        assertTrue(bank.locator("[role=status]").innerText().startsWith("Paid"));
        Browser.screenshot(bank, "demo-bank");
    }

    /// One sign-in for all tests: links per address are limited.
    private static Page admin() throws Exception {
        if (adminPage == null) {
            adminPage = signIn(DemoLayout.ADMIN_EMAIL, AT.adminUrl());
        }
        adminPage.setViewportSize(DESK, 900);
        return adminPage;
    }

    private static Page signIn(String email, String origin) throws Exception {
        var person = browser.person(DESK, true);
        var mailbox = new Mailbox(AT);
        int before = mailbox.count();
        person.navigate(origin + "/sign-in?lang=en");
        person.locator("input[name=email]").fill(email);
        person.locator("main form button").first().click();
        person.waitForLoadState();
        var link = mailbox.awaitLink(email, before, Duration.ofSeconds(60));
        person.navigate(link);
        person.locator("form[action='/sign-in/link'] button").click();
        person.waitForLoadState();
        return person;
    }

    private static Locator button(Locator form) {
        return form.locator("button");
    }

    /// The page follows the run by itself and loads anew at its end. A reload by the test
    /// would run into that one.
    private static void awaitEnd(Page run) {
        var gone = new Locator.WaitForOptions()
                .setState(WaitForSelectorState.DETACHED)
                .setTimeout(60_000);
        run.locator("live-log").waitFor(gone);
        run.waitForLoadState();
    }

    static void assertFitsWidth(Page page) {
        var tooWide = page.evaluate("""
                () => document.documentElement.scrollWidth <= document.documentElement.clientWidth
                  ? ''
                  : [...document.querySelectorAll('body *')]
                      .filter(e => e.getBoundingClientRect().right > innerWidth && !e.closest('.scroll *'))
                      .map(e => e.tagName + '.' + e.className).slice(0, 8).join(' ')""");
        assertEquals("", tooWide, page.url() + " is wider than the screen");
    }

    private static void assertNoComplaints() {
        assertEquals(List.of(), browser.complaints());
    }
}

package org.almonry.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;

import java.util.List;

/// The back office at work, by clicks: a price and limits are set, a request is made by them,
/// a second person agrees, and the next one is stopped.
final class OfficePath {
    private static final String OTTERS = "Otter rescue";

    private final String origin;
    private final Page admin;

    OfficePath(String origin, Page admin) {
        this.origin = origin;
        this.admin = admin;
    }

    /// A share of 1.25 %, at most 1.00, paid by the sender.
    void price() {
        go("/commissions/pfl_base/rules/new?lang=en");
        admin.locator("#kind").selectOption("CLIENT_TRANSFER");
        admin.locator("#formula-0").selectOption("lesser");
        admin.locator("#percent-0").fill("1.25");
        admin.locator("#fixed-0").fill("otter");
        press("add");
        assertEquals("otter", admin.locator("#fixed-0").inputValue(), "what was typed is kept");
        Browser.screenshot(admin, "70-rule-refused");
        admin.locator("#fixed-0").fill("1.00");
        press("add");
        assertTrue(admin.content().contains("share, with a maximum"), admin.url());
        Browser.screenshot(admin, "71-price-list");
        go("/costs?kind=CLIENT_TRANSFER&amount=60&currency=EUR");
        assertTrue(admin.content().contains("€60.75"), "the calculator says what is taken");
        assertEquals(1, admin.locator("svg .plot-line").count());
        Browser.screenshot(admin, "72-costs");
    }

    /// 50.00 per day, beyond that stopped.
    void limit() {
        go("/limits/new?profile=pfl_base");
        admin.locator("#kind").selectOption("CLIENT_TRANSFER");
        admin.locator("#period").selectOption("day");
        admin.locator("#maximum").fill("50");
        admin.locator("#consequence").selectOption("limited");
        admin.locator("main form button.primary").click();
        admin.waitForLoadState();
        Browser.screenshot(admin, "73-limits");
    }

    /// Money to move; returns the address of the request that creates it.
    String issue() {
        go("/requests/new/CLIENT_ISSUE");
        admin.locator("#coin_id").fill(OTTERS);
        admin.locator("#amount").fill("200");
        admin.locator("#why").fill("for the browser test");
        press("quote");
        press("send");
        assertTrue(admin.content().contains("somebody else has to approve it"), admin.url());
        return admin.url().replaceFirst("\\?.*", "");
    }

    static void approve(Page other, String request) {
        other.navigate(request + "/approve");
        other.locator("main form button.primary").click();
        other.waitForLoadState();
        assertTrue(other.locator(".badge.good").count() > 0, "it is booked");
        Browser.screenshot(other, "74-approved");
    }

    /// Both within the limit and beyond it; returns the address of the first request.
    String transfer() {
        quote("40");
        assertTrue(admin.content().contains("€0.50"), "the commission");
        assertFalse(admin.content().contains("over a limit"), "40 of 50");
        Browser.screenshot(admin, "75-quote");
        press("send");
        var first = admin.url().replaceFirst("\\?.*", "");
        quote("30");
        assertTrue(admin.content().contains("it will be stopped"), "70 of 50");
        Browser.screenshot(admin, "76-quote-over-limit");
        press("send");
        assertTrue(admin.content().contains("Stopped by a limit"), admin.url());
        Browser.screenshot(admin, "77-limited");
        return first;
    }

    /// From the coin to what its owner has used, then all pages on a small screen at night.
    void look(int phone) {
        go("/ledger?search=otter");
        admin.locator("tbody th a").first().click();
        admin.locator("main a[href^='/usage']").click();
        admin.waitForLoadState();
        assertTrue(admin.content().contains("Stopped by a limit"), admin.url());
        Browser.screenshot(admin, "78-usage");
        var usage = admin.url().substring(origin.length());
        admin.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        admin.setViewportSize(phone, 900);
        int number = 80;
        for (var path : List.of(
                "/commissions",
                "/commissions/pfl_base",
                "/costs?kind=CLIENT_TRANSFER&amount=60&currency=EUR",
                "/limits",
                "/requests/new",
                "/requests/new/BANK_REDEEM",
                usage)) {
            go(path);
            BrowserPathTest.assertFitsWidth(admin);
            var name = path.replaceFirst("\\?.*", "").replace('/', '-');
            Browser.screenshot(admin, number++ + "-dark-phone" + name);
        }
        quote("5");
        BrowserPathTest.assertFitsWidth(admin);
        Browser.screenshot(admin, number + "-dark-phone-quote");
        admin.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    }

    private void quote(String amount) {
        go("/requests/new/CLIENT_TRANSFER");
        admin.locator("#from_coin_id").fill(OTTERS);
        admin.locator("#to_coin_id").fill("Youth choir");
        admin.locator("#amount").fill(amount);
        press("quote");
    }

    private void go(String path) {
        assertEquals(200, admin.navigate(origin + path).status(), path);
        assertEquals(1, admin.locator("h1").count(), path);
    }

    private void press(String button) {
        admin.locator("main button[value=" + button + "]").click();
        admin.waitForLoadState();
    }
}

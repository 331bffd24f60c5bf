package org.almonry.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.gateway.testing.CoreFixture;
import org.almonry.gateway.testing.FakeIdentity;
import org.almonry.gateway.testing.PageCheck;
import org.almonry.gateway.testing.Site;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Signing in and out.
class SignInTest {

    private CoreFixture core;
    private Site site;

    @BeforeEach
    void start() {
        core = new CoreFixture();
        site = new Site(core, Role.ADMIN);
    }

    @AfterEach
    void stop() {
        site.close();
        core.close();
    }

    /// Programs that look through mail open links; that must not use them up.
    @Test
    void openingALinkChangesNothingAndTheButtonRedeemsIt() {
        String page = "/sign-in/link?token=" + FakeIdentity.LINK;
        var opened = site.get(page, "");
        assertEquals(200, opened.statusCode());
        assertFalse(core.identity.isLinkUsed());

        var redeemed = site.submit(page, "/sign-in/link", "");
        assertEquals(303, redeemed.statusCode());
        assertEquals("/", redeemed.headers().firstValue("Location").orElse(""));
        assertEquals(
                "__Host-almonry=" + CoreFixture.ADMIN
                        + "; Path=/; Secure; HttpOnly; SameSite=Strict",
                redeemed.headers().firstValue("Set-Cookie").orElse(""));

        var again = site.submit(page, "/sign-in/link", "");
        assertEquals(422, again.statusCode());
        assertTrue(again.headers().firstValue("Set-Cookie").isEmpty());
        PageCheck.check("unusable", again);
    }

    @Test
    void thePublicCookieComesAlongWithMailedLinks() {
        try (var open = new Site(core, Role.PUBLIC)) {
            var redeemed =
                    open.submit("/sign-in/link?token=" + FakeIdentity.LINK, "/sign-in/link", "");
            assertTrue(redeemed.headers()
                    .firstValue("Set-Cookie")
                    .orElse("")
                    .endsWith("SameSite=Lax"));
            assertEquals("/projects", redeemed.headers().firstValue("Location").orElse(""));
        }
    }

    @Test
    void theAnswerToAnAddressIsTheSameForEverybody() {
        var known = site.submit("/sign-in", "/sign-in", "", "email", "ada@almonry.test");
        var unknown = site.submit("/sign-in", "/sign-in", "", "email", "nobody@almonry.test");
        assertEquals(303, known.statusCode());
        assertEquals(
                known.headers().firstValue("Location"), unknown.headers().firstValue("Location"));
        assertEquals(2, core.identity.begun.size());
    }

    @Test
    void anAddressThatIsNoneComesBackWithWhatWasTyped() {
        var answer = site.submit("/sign-in", "/sign-in", "", "email", "ada at home");
        assertEquals(422, answer.statusCode());
        assertTrue(answer.body().contains("value=\"ada at home\""));
        assertTrue(answer.body().contains("aria-invalid=\"true\""));
        PageCheck.check("sign-in", answer);
        assertTrue(core.identity.begun.isEmpty());
    }

    @Test
    void signingOutEndsTheSessionInTheCoreAndTakesTheCookie() {
        var answer = site.submit("/", "/sign-out", CoreFixture.ADMIN);
        assertEquals(303, answer.statusCode());
        assertTrue(answer.headers().firstValue("Set-Cookie").orElse("").contains("Max-Age=0"));
        assertEquals(1, core.identity.ended.size());
    }

    @Test
    void aFormWithoutItsTokenOrFromAnotherSiteIsRefused() {
        var without = site.post("/sign-out", CoreFixture.ADMIN, "csrf", "guessed");
        assertEquals(403, without.statusCode());
        String token = Site.hidden(
                Site.form(site.get("/", CoreFixture.ADMIN).body(), "/sign-out"), "csrf");
        var foreign = site.send(site.request(
                        "/sign-out",
                        CoreFixture.ADMIN,
                        "Content-Type",
                        "application/x-www-form-urlencoded",
                        "Sec-Fetch-Site",
                        "cross-site")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("csrf=" + token)));
        assertEquals(403, foreign.statusCode());
        var othersToken = site.post("/sign-out", CoreFixture.ACCOUNTANT, "csrf", token);
        assertEquals(403, othersToken.statusCode());
        assertTrue(core.identity.ended.isEmpty());
    }

    /// Core down: an honest page with an incident id, and everything works again once it is
    /// back.
    @Test
    void whileTheCoreIsDownPagesSaySoWithAnIncidentId() {
        assertEquals(200, site.get("/incoming", CoreFixture.ADMIN).statusCode());
        int port = core.stop();
        assertEquals("alive\n", site.get("/livez", "").body());
        var answer = site.get("/incoming", CoreFixture.ADMIN);
        assertEquals(503, answer.statusCode());
        assertTrue(answer.body().contains("flt_"), answer.body());
        assertEquals("5", answer.headers().firstValue("Retry-After").orElse(""));
        PageCheck.check("503", answer);
        core.restart(port);
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        int status = 0;
        while (status != 200 && System.nanoTime() < patience) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            status = site.get("/incoming", CoreFixture.ADMIN).statusCode();
        }
        assertEquals(200, status);
    }
}

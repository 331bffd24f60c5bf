package org.almonry.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.gateway.testing.CoreFixture;
import org.almonry.gateway.testing.PageCheck;
import org.almonry.gateway.testing.Site;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.List;

/// The pages of the public gateway: what members of a project see.
class PublicPagesTest {

    private static CoreFixture core;
    private static Site site;

    @BeforeAll
    static void start() {
        core = new CoreFixture();
        site = new Site(core, Role.PUBLIC);
    }

    @AfterAll
    static void stop() {
        site.close();
        core.close();
    }

    @Test
    void everyPageIsAccessibleAndStrictInBothLanguages() {
        for (String path : List.of(
                "/projects",
                "/projects/prj_1",
                "/projects/prj_1?page=second%2Bpage",
                "/projects/prj_1/suggest?gift=gft_1&page=",
                "/sign-in",
                "/sign-in/sent",
                "/sign-in/link?token=x")) {
            for (String language : List.of("en", "de")) {
                var answer = site.get(path, CoreFixture.MEMBER, "Accept-Language", language);
                assertEquals(200, answer.statusCode(), path);
                PageCheck.check(path, answer);
            }
        }
    }

    /// A member sees amount and date only (C-091, C-008).
    @Test
    void aGiftIsADateAndAnAmount() {
        String html = site.get("/projects/prj_1", CoreFixture.MEMBER).body();
        assertTrue(html.contains("€25.00"));
        assertTrue(html.contains("Nov 20, 2026"));
        for (String secret : List.of("Kowalska", "DE75512108001245126199", "RF18", "Bank fees")) {
            assertFalse(html.contains(secret), secret);
        }
    }

    @Test
    void theNextPageOfGiftsIsALink() {
        String html = site.get("/projects/prj_1", CoreFixture.MEMBER).body();
        assertTrue(html.contains("href=\"/projects/prj_1?page=second%2Bpage\""), html);
        String second = site.get("/projects/prj_1?page=second%2Bpage", CoreFixture.MEMBER)
                .body();
        assertTrue(second.contains("€10.00"));
        assertTrue(second.contains("href=\"/projects/prj_1\""));
    }

    /// C-039: a member suggests, nothing is booked.
    @Test
    void aMemberSuggestsAnotherMatch() {
        core.members.suggested.clear();
        String page = "/projects/prj_1/suggest?gift=gft_1&page=";
        var answer = site.submit(
                page,
                "/projects/prj_1/suggest",
                CoreFixture.MEMBER,
                "project_id",
                "prj_2",
                "comment",
                "For the banks");
        assertEquals(303, answer.statusCode());
        assertEquals(1, core.members.suggested.size());
        var request = core.members.suggested.getFirst();
        assertEquals("gft_1", request.getGiftId());
        assertEquals("prj_2", request.getProjectId());
        assertTrue(request.getIdempotencyKey().startsWith("key_"));
        String after = answer.headers().firstValue("Location").orElse("");
        assertTrue(
                site.get(after, CoreFixture.MEMBER).body().contains("role=\"status\">Thank you."));
    }

    @Test
    void aSuggestionWithoutAProjectComesBackWithWhatWasTyped() {
        var answer = site.submit(
                "/projects/prj_1/suggest?gift=gft_1&page=",
                "/projects/prj_1/suggest",
                CoreFixture.MEMBER,
                "project_id",
                "",
                "comment",
                "typed with care");
        assertEquals(422, answer.statusCode());
        PageCheck.check("suggest", answer);
        assertTrue(answer.body().contains("typed with care"));
        assertTrue(answer.body().contains("href=\"#project_id\""));
    }

    @Test
    void thereAreNoAdminPagesHere() {
        for (String path :
                List.of("/incoming", "/ledger", "/users", "/providers", "/audit", "/export.csv")) {
            assertEquals(404, site.get(path, CoreFixture.MEMBER).statusCode(), path);
        }
        assertEquals(303, site.get("/projects", CoreFixture.ADMIN).statusCode());
    }

    @Test
    void somebodyElsesProjectDoesNotExist() {
        assertEquals(404, site.get("/projects/prj_2", CoreFixture.MEMBER).statusCode());
    }
}

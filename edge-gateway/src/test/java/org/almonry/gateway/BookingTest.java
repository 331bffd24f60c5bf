package org.almonry.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.accounting.v1.AddRateRequest;
import org.almonry.accounting.v1.BookIncomingRequest;
import org.almonry.accounting.v1.IgnoreIncomingRequest;
import org.almonry.accounting.v1.UndoIncomingRequest;
import org.almonry.directory.v1.AddMilestoneRequest;
import org.almonry.directory.v1.SetOverheadRequest;
import org.almonry.gateway.testing.CoreFixture;
import org.almonry.gateway.testing.PageCheck;
import org.almonry.gateway.testing.Site;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a person decides about money: each form says what it will do, and the core gets
/// exactly that.
class BookingTest {

    private static final String ADMIN = CoreFixture.ADMIN;

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

    @BeforeEach
    void forget() {
        core.accounting.requests.clear();
        core.directory.requests.clear();
    }

    @Test
    void acceptingASuggestionBooksItsParts() {
        var answer = site.submit("/incoming/inc_01", "/incoming/book", ADMIN);
        assertEquals(303, answer.statusCode());
        assertEquals(
                "/incoming/inc_01?done=booked",
                answer.headers().firstValue("Location").orElse(""));
        var request =
                assertInstanceOf(BookIncomingRequest.class, core.accounting.requests.getFirst());
        assertEquals("inc_01", request.getIncoming(0).getIncomingId());
        assertEquals(3, request.getIncoming(0).getVersion());
        assertEquals("pld_1", request.getPledgeId());
        assertEquals("prj_1", request.getAllocations(0).getProjectId());
        assertEquals(5000, request.getAllocations(0).getAmount().getMinor());
    }

    /// Two lines to two parts, reviewed in words before anything happens.
    @Test
    void severalLinesAreSplitAfterAReviewInWords() {
        String query = "line=inc_01&line=inc_02&target0=prj_1%7C&amount0=30"
                + "&target1=prj_1%7Cmst_1&amount1=40.01";
        var review = site.get("/incoming/review?" + query, ADMIN);
        assertEquals(200, review.statusCode());
        PageCheck.check("review", review);
        assertTrue(
                review.body()
                        .contains(
                                "€30.00 to Otter rescue; of it €3.00 (10\u00a0%) to the overhead"),
                review.body());
        assertTrue(
                review.body().contains("€40.01 to Otter rescue – Nets; of it €4.00"),
                review.body());
        assertTrue(core.accounting.requests.isEmpty());

        var answer = site.submit("/incoming/review?" + query, "/incoming/book", ADMIN);
        assertEquals(303, answer.statusCode());
    }

    @Test
    void partsThatDoNotAddUpComeBackWithWhatWasTyped() {
        var answer = site.get(
                "/incoming/review?line=inc_01&target0=prj_1%7C&amount0=30"
                        + "&target1=&amount1=&note=half",
                ADMIN);
        assertEquals(422, answer.statusCode());
        PageCheck.check("review", answer);
        assertTrue(
                answer.body().contains("The parts add up to €30.00, but €50.00 must be assigned."));
        assertTrue(answer.body().contains("half</textarea>"));
        assertTrue(answer.body().contains("value=\"30\""));
    }

    @Test
    void wrongAmountsAndTargetsAreNamedAtTheirField() {
        for (String amount : new String[] {"-5", "abc", "1.234", "0"}) {
            var answer = site.get(
                    "/incoming/review?line=inc_01&target0=prj_1%7C&amount0=" + amount, ADMIN);
            assertEquals(422, answer.statusCode(), amount);
            assertTrue(answer.body().contains("id=\"amount0-error\""), amount);
        }
        var elsewhere = site.get("/incoming/review?line=inc_01&target0=prj_2%7C&amount0=50", ADMIN);
        assertTrue(
                elsewhere.body().contains("id=\"target0-error\""),
                "a proposed project cannot receive");
    }

    /// Money that left, or that is booked already, cannot be assigned.
    @Test
    void onlyWaitingCreditsCanBeAssigned() {
        for (String line : new String[] {"inc_03", "inc_04"}) {
            assertEquals(409, site.get("/incoming/assign?line=" + line, ADMIN).statusCode(), line);
        }
    }

    @Test
    void aLineThatChangedMeanwhileIsAConflictThatSaysSo() {
        var answer = site.submit("/incoming/inc_01", "/incoming/book", ADMIN, "line", "inc_01:2");
        assertEquals(409, answer.statusCode());
        PageCheck.check("stale", answer);
        assertTrue(core.accounting.requests.isEmpty());
    }

    @Test
    void aForgedTokenBooksNothing() {
        var answer = site.submit("/incoming/inc_01", "/incoming/book", ADMIN, "csrf", "forged");
        assertEquals(403, answer.statusCode());
        assertTrue(core.accounting.requests.isEmpty());
    }

    @Test
    void comingBackGoesNowhereElse() {
        var answer =
                site.submit("/incoming/inc_01", "/incoming/book", ADMIN, "then", "//evil.example/");
        assertEquals(
                "/incoming?done=booked", answer.headers().firstValue("Location").orElse(""));
    }

    @Test
    void ignoringNeedsAReasonAndUndoingSaysWhatIsTakenBack() {
        var without = site.submit(
                "/incoming/inc_01/ignore", "/incoming/inc_01/ignore", ADMIN, "reason", " ");
        assertEquals(422, without.statusCode());
        PageCheck.check("ignore", without);
        site.submit(
                "/incoming/inc_01/ignore", "/incoming/inc_01/ignore", ADMIN, "reason", "not ours");
        var ignored =
                assertInstanceOf(IgnoreIncomingRequest.class, core.accounting.requests.getFirst());
        assertEquals("not ours", ignored.getReason());

        String page = site.get("/incoming/inc_04/undo", ADMIN).body();
        assertTrue(page.contains("€50.00 from Otter rescue"), page);
        site.submit(
                "/incoming/inc_04/undo", "/incoming/inc_04/undo", ADMIN, "reason", "wrong project");
        var undone =
                assertInstanceOf(UndoIncomingRequest.class, core.accounting.requests.getLast());
        assertEquals(3, undone.getIncoming().getVersion());
    }

    @Test
    void ratesKeepTheirDecimalsExactly() {
        site.submit(
                "/rates",
                "/rates",
                ADMIN,
                "base",
                "eur",
                "quote",
                "usd",
                "rate",
                "1,1300",
                "source",
                "ECB",
                "date",
                "2026-11-20");
        var request = assertInstanceOf(AddRateRequest.class, core.accounting.requests.getFirst());
        assertEquals("1.1300", request.getRate().getRate());
        assertEquals("EUR", request.getRate().getBase());
        var wrong = site.submit(
                "/rates",
                "/rates",
                ADMIN,
                "base",
                "EUR",
                "quote",
                "USD",
                "rate",
                "a bit",
                "source",
                "ECB",
                "date",
                "2026-11-20");
        assertEquals(422, wrong.statusCode());
        assertTrue(wrong.body().contains("value=\"a bit\""));
    }

    /// C-030, C-051, C-069.
    @Test
    void projectFormsSendWhatWasTypedAndTellWhatTheCoreFound() {
        site.submit(
                "/projects/prj_1",
                "/projects/prj_1/milestones",
                ADMIN,
                "name",
                "Boats",
                "goal",
                "1.000,50");
        var milestone =
                assertInstanceOf(AddMilestoneRequest.class, core.directory.requests.getFirst());
        assertEquals(100_050, milestone.getGoal().getMinor());
        site.submit("/projects/prj_1", "/projects/prj_1/overhead", ADMIN, "overhead", "12.5");
        var overhead =
                assertInstanceOf(SetOverheadRequest.class, core.directory.requests.getLast());
        assertEquals(1250, overhead.getOverheadBasisPoints());

        var noMember = site.submit("/projects/prj_2", "/projects/prj_2/activate", ADMIN);
        assertEquals(422, noMember.statusCode());
        assertTrue(noMember.body().contains("A project needs at least one member."));

        var taken = site.submit(
                "/projects/new",
                "/projects",
                ADMIN,
                "nonprofit_id",
                "npo_1",
                "name",
                "Otters",
                "slug",
                "otter-rescue",
                "summary",
                "kept text",
                "goal",
                "",
                "overhead",
                "10");
        assertEquals(422, taken.statusCode());
        PageCheck.check("propose", taken);
        assertTrue(taken.body().contains("kept text</textarea>"));
    }

    /// Switching somebody off is a page that says what happens, then a form.
    @Test
    void switchingAPersonOffAsksFirst() {
        String page = site.get("/users/usr_3/off", ADMIN).body();
        assertTrue(page.contains("signed out everywhere"));
        var answer = site.submit("/users/usr_3/off", "/users/usr_3/off", ADMIN);
        assertEquals(303, answer.statusCode());
        assertEquals(1, core.identity.userRequests().size());
    }
}

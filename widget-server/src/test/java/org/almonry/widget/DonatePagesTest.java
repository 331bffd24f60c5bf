package org.almonry.widget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class DonatePagesTest {
    private static final String OTTER = "/river-trust/otter-rescue";
    private static WidgetTesting world;

    @BeforeAll
    static void start() {
        world = new WidgetTesting(Map.of("pledges-per-address", "100000"));
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    /// C-040, C-093: the form leads to the transfer page by post, redirect, get; no script
    /// runs.
    @Test
    void aGiftNeedsNoScript() throws Exception {
        var answer = world.give(
                OTTER, Map.of("amount", "25,00", "name", "Łukasz", "email", "l@example.org"));
        assertEquals(303, answer.statusCode(), answer.body());
        var page = world.get(answer.headers().firstValue("location").orElseThrow());
        assertEquals(200, page.statusCode());
        assertTrue(page.body().contains("Verein Gemeinsame Kasse e.V."));
        assertTrue(page.body().contains("DE02\u00a01203\u00a00000\u00a00000\u00a02020\u00a051"));
        assertTrue(page.body().contains("BYLADEM1001"));
        assertTrue(page.body().contains("data-copy=\"RF96204817360\""));
        assertTrue(page.body().contains("CCT-204817360"));
        assertTrue(page.body().contains("data-copy=\"25.00\""));
        assertTrue(page.body().contains("class=\"qr-dark\""));
        assertEquals("no-referrer", page.headers().firstValue("referrer-policy").orElse(""));
        var sent = world.core.last.get();
        assertEquals(2500, sent.getItems(0).getAmount().getMinor());
        assertEquals("Łukasz", sent.getName());
        assertEquals("en", sent.getLanguage());
        assertTrue(sent.getIdempotencyKey().matches("frm_[0-9a-f]{32}"));
    }

    @Test
    void theDemoBankIsLinkedWithTheTransferFilledIn() throws Exception {
        var answer = world.give(OTTER, Map.of("amount", "31"));
        var page = world.get(answer.headers().firstValue("location").orElseThrow());
        String url = WidgetTesting.find(page.body(), "id=\"demo-bank\" href=\"([^\"]+)\"");
        assertEquals(
                "http://bank.localhost:8083/?iban=DE02120300000000202051&amp;amount=31.00"
                        + "&amp;payee=Verein+Gemeinsame+Kasse+e.V.&amp;reference=RF96204817360",
                url);
    }

    @Test
    void aPresetCountsUnlessAnAmountWasTyped() throws Exception {
        world.give(OTTER, Map.of("choice", "5000"));
        assertEquals(5000, world.core.last.get().getItems(0).getAmount().getMinor());
        world.give(OTTER, Map.of("choice", "5000", "amount", "12.50"));
        assertEquals(1250, world.core.last.get().getItems(0).getAmount().getMinor());
    }

    @Test
    void aMilestoneCanBeChosen() throws Exception {
        assertEquals(
                303,
                world.give(OTTER, Map.of("amount", "10", "milestone", "mst_1")).statusCode());
        assertEquals("mst_1", world.core.last.get().getItems(0).getMilestoneId());
        var foreign = world.give(OTTER, Map.of("amount", "10", "milestone", "mst_9"));
        assertEquals(422, foreign.statusCode());
        assertTrue(foreign.body().contains("id=\"milestone-error\""));
    }

    @Test
    void onThePageOfANonprofitAProjectIsPicked() throws Exception {
        var missing = world.give("/river-trust", Map.of("amount", "10"));
        assertEquals(422, missing.statusCode());
        assertTrue(missing.body().contains("Please pick a project"));
        var good = world.give("/river-trust", Map.of("amount", "10", "project", "clean-banks"));
        assertEquals(303, good.statusCode());
        assertEquals("clean-banks", world.core.last.get().getItems(0).getProject());
        var single = world.give("/good-vibes", Map.of("amount", "10"));
        assertEquals(303, single.statusCode());
        assertEquals("youth-choir", world.core.last.get().getItems(0).getProject());
    }

    /// C-033: several projects, one pledge, one code.
    @Test
    void aBasketIsOnePledgeOverSeveralProjects() throws Exception {
        var answer = world.give(
                "/river-trust/basket",
                Map.of("amount-otter-rescue", "10", "amount-general-pot", "5,50"));
        assertEquals(303, answer.statusCode(), answer.body());
        assertEquals(2, world.core.last.get().getItemsCount());
        var page = world.get(answer.headers().firstValue("location").orElseThrow());
        assertTrue(page.body().contains("€15.50"), page.body());
        assertTrue(page.body().contains("General pot"));
        var empty = world.give("/river-trust/basket", Map.of());
        assertEquals(422, empty.statusCode());
        assertTrue(empty.body().contains("beside at least one project"));
        var zero = world.give("/river-trust/basket", Map.of("amount-otter-rescue", "0"));
        assertTrue(zero.body().contains("id=\"amount-otter-rescue-error\""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``        | Please pick or type an amount
            2.5.0     | cannot read this amount
            2.500     | cannot read this amount
            -25       | minus sign
            0         | above zero
            25.0001   | 2 digits at most
            25.555    | cannot read this amount
            0.50      | from €1.00 to €1,000,000.00
            2000000   | from €1.00 to €1,000,000.00
            """)
    void anAmountThatCannotBeTakenIsExplainedAtTheField(String typed, String message)
            throws Exception {
        var answer = world.give(OTTER, Map.of("amount", typed == null ? "" : typed, "name", "Ann"));
        assertEquals(422, answer.statusCode());
        assertTrue(answer.body().contains(message), answer.body());
        assertTrue(answer.body().contains("id=\"amount-error\""));
        assertTrue(answer.body().contains("aria-invalid=\"true\""));
        assertTrue(answer.body().contains("href=\"#amount\""));
        assertTrue(answer.body().contains("value=\"Ann\""), "what was typed is kept");
        assertTrue(answer.body().contains("<title>Please check"));
    }

    @Test
    void germanAnswersInGerman() throws Exception {
        var answer = world.post(OTTER + "?lang=de", Map.of("form", "x", "amount", "2,5,0"));
        assertTrue(answer.body().contains("nicht eindeutig lesen"), answer.body());
        assertTrue(answer.body().contains("<html lang=\"de\""));
        var good = world.give(OTTER + "?lang=de", Map.of("amount", "25"));
        assertTrue(good.headers().firstValue("location").orElse("").endsWith("?lang=de"));
        assertEquals("de", world.core.last.get().getLanguage());
    }

    @Test
    void anErrorKeepsTheFormsIdAndAWrongAddressIsNamed() throws Exception {
        String id = WidgetTesting.formId(world.get(OTTER));
        var answer = world.post(OTTER, Map.of("form", id, "amount", "10", "email", "nobody"));
        assertEquals(422, answer.statusCode());
        assertEquals(id, WidgetTesting.formId(answer));
        assertTrue(answer.body().contains("id=\"email-error\""));
        var name = world.post(OTTER, Map.of("form", id, "amount", "10", "name", "x".repeat(101)));
        assertTrue(name.body().contains("id=\"name-error\""));
    }

    @Test
    void sendingTwiceMakesOnePledge() throws Exception {
        String id = WidgetTesting.formId(world.get(OTTER));
        var fields = Map.of("form", id, "amount", "44", "name", "Twice");
        int before = world.core.pledges.size();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<String> send = () ->
                    world.post(OTTER, fields).headers().firstValue("location").orElse("");
            List<Future<String>> all = threads.invokeAll(java.util.Collections.nCopies(8, send));
            String first = all.getFirst().get();
            assertFalse(first.isEmpty());
            for (var each : all) {
                assertEquals(first, each.get());
            }
        }
        assertEquals(before + 1, world.core.pledges.size());
    }

    @Test
    void anotherContentUnderTheSameIdAsksFirstAndThenIsASecondPledge() throws Exception {
        String id = WidgetTesting.formId(world.get(OTTER));
        world.post(OTTER, Map.of("form", id, "amount", "10"));
        var changed = world.post(OTTER, Map.of("form", id, "amount", "20"));
        assertEquals(409, changed.statusCode());
        assertTrue(changed.body().contains("already sent this form"));
        String next = WidgetTesting.formId(changed);
        assertNotEquals(id, next);
        assertEquals(
                303, world.post(OTTER, Map.of("form", next, "amount", "20")).statusCode());
    }

    @Test
    void anUnknownOrForeignFormIdIsReplaced() throws Exception {
        assertEquals(303, world.post(OTTER, Map.of("amount", "10")).statusCode());
        assertEquals(
                303,
                world.post(OTTER, Map.of("amount", "10", "form", "../../x")).statusCode());
        assertTrue(world.core.last.get().getIdempotencyKey().startsWith("frm_"));
    }

    @Test
    void whatDoesNotExistIsNotFound() throws Exception {
        for (String path : List.of(
                "/nobody",
                "/nobody/otter-rescue",
                "/good-vibes/otter-rescue",
                "/river-trust/no",
                "/pledge/short",
                "/pledge/token-that-nobody-has-000",
                "/",
                "/A%00B",
                "/x/y/z",
                "/goal/nothing.svg",
                "/goal/otter-rescue",
                "/embed/0123/v1.js",
                "/river-trust/%2e%2e/x")) {
            int status = world.get(path).statusCode();
            assertTrue(status == 404 || status == 400, path + " gave " + status);
        }
    }

    @Test
    void guessingNamesDoesNotReachTheCoreEachTime() throws Exception {
        world.get("/guess-1");
        int before = world.core.count("getProfile");
        for (int i = 0; i < 20; i++) {
            world.get("/guess-1");
            world.get("/UPPER");
        }
        assertEquals(before, world.core.count("getProfile"));
    }

    @Test
    void anEmptyNonprofitSaysSo() throws Exception {
        var page = world.get("/empty");
        assertEquals(200, page.statusCode());
        assertTrue(page.body().contains("no project here"));
        assertEquals(200, world.post("/empty", Map.of("amount", "10")).statusCode());
    }

    @Test
    void hugeAndOddBodiesAreRefusedAndRecordNothing() throws Exception {
        int before = world.core.pledges.size();
        assertEquals(
                413,
                world.post(OTTER, Map.of("amount", "10", "name", "x".repeat(70_000)))
                        .statusCode());
        var many = new HashMap<String, String>();
        for (int i = 0; i < 300; i++) {
            many.put("amount-" + i, "1");
        }
        assertEquals(413, world.post(OTTER, many).statusCode());
        assertEquals(400, world.post(OTTER, Map.of("name", "a\u0000b")).statusCode());
        assertEquals(before, world.core.pledges.size());
    }
}

package org.almonry.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.gateway.testing.CoreFixture;
import org.almonry.gateway.testing.FakeCheck;
import org.almonry.gateway.testing.LedgerSamples;
import org.almonry.gateway.testing.PageCheck;
import org.almonry.gateway.testing.Site;
import org.almonry.ledger.v1.DateBasis;
import org.almonry.ledger.v1.HoldState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.List;

/// The pages of the ledger: where a number comes from, what is reserved, what can be proven
/// (C-086, K-010 to K-024, X-002, X-013).
class LedgerPagesTest {

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
        core.proof.refusal = "";
        core.check.halted = false;
    }

    private static String page(String path) {
        var answer = site.get(path, CoreFixture.ADMIN);
        assertEquals(200, answer.statusCode(), path);
        return answer.body();
    }

    @Test
    void aCoinShowsWhatItHasWhatIsHeldAndWhatIsLeft() {
        String html = page("/coins/coin_4");
        for (String part : List.of(
                "€1,125.00",
                "€5.00",
                "€1,220.00",
                "€100.00",
                "books closed up to Sep 30, 2026",
                "open</span>",
                "/holds/hold_8",
                "data-kind=\"steps\"",
                "<table id=\"days\">",
                "href=\"/coins/coin_4?page=older\"")) {
            assertTrue(html.contains(part), part + " in\n" + html);
        }
        assertTrue(page("/coins/coin_8").contains("frozen"));
        assertTrue(page("/coins/coin_9").contains("closed for ever"));
    }

    @Test
    void olderEntriesComeWithoutTheRestOfThePage() {
        String html = page("/coins/coin_4?page=older");
        assertFalse(html.contains("data-chart"), html);
        assertTrue(html.contains("/transactions/txn_7"));
    }

    @Test
    void namesOfCoinsAndNotesAreEscapedEverywhere() {
        for (String path : List.of(
                "/ledger",
                "/coins/coin_8",
                "/coins/coin_4",
                "/coins/coin_4/explain",
                "/coins/coin_4/statement",
                "/coins/coin_8/balance?effective=2026-01-31",
                "/processes/prc_0197",
                "/transactions/txn_7",
                "/holds",
                "/holds/hold_8",
                "/find?q=ller")) {
            String html = page(path);
            assertFalse(html.contains(LedgerSamples.NASTY), path);
            assertTrue(html.contains("Müller &lt;script&gt;"), path);
        }
        assertFalse(page("/transactions/txn_7").contains("<b>R-17</b>"));
    }

    /// A day of recording ends at midnight UTC, whatever the zone of the reader.
    @Test
    void theBalanceOfADayIsThatAtItsEnd() {
        String html = page("/coins/coin_4/balance?recorded=2026-10-31");
        assertTrue(html.contains("€987.00"), html);
        assertTrue(html.contains("/transactions/txn_7"));
        var asked = core.ledger.balances.getLast();
        assertEquals(1_793_491_199L, asked.getRecordedAt().getSeconds());
        assertEquals(999_999_000, asked.getRecordedAt().getNanos());
        assertEquals("", asked.getEffectiveOn());
        page("/coins/coin_4/balance?effective=2026-09-30");
        assertFalse(core.ledger.balances.getLast().hasRecordedAt());
        String both = page("/coins/coin_4/balance?effective=2026-09-30&recorded=2026-10-31");
        assertTrue(both.contains("What the books knew at the end of Oct 31, 2026"), both);
    }

    @Test
    void aDayThatIsMissingOrNotADayIsToldInTheForm() {
        for (String path : List.of(
                "/coins/coin_4/balance",
                "/coins/coin_4/balance?recorded=yesterday",
                "/coins/coin_4/explain?from=2026-11-20&to=2026-11-01",
                "/coins/coin_4/explain?from=2020-01-01&to=2026-11-01",
                "/coins/coin_4/statement?from=31.10.2026",
                "/trial-balance?as_of=soon",
                "/journal/file?format=csv&from=2026-11-20&to=2026-11-01",
                "/journal/file?format=exe",
                "/find?q=" + "x".repeat(101))) {
            var answer = site.get(path, CoreFixture.ADMIN);
            assertEquals(422, answer.statusCode(), path);
            PageCheck.check(path, answer);
            assertTrue(answer.body().contains("id=\"errors\""), path);
        }
    }

    @Test
    void everyNumberOfAnExplanationLeadsToTheEntriesBehindIt() {
        String html = page("/coins/coin_4/explain?from=2026-11-01&to=2026-11-20&basis=effective");
        assertTrue(html.contains("€1,000.00"), "opening");
        assertTrue(html.contains("All the rest"));
        String part = "/coins/coin_4/statement?from=2026-11-01&amp;to=2026-11-20&amp;basis="
                + "effective&amp;type=transfer&amp;process_kind=BOOKING&amp;other_coin_id=coin_8";
        assertTrue(html.contains("href=\"" + part + "\""), html);
        assertTrue(html.contains("/statement?from=2026-11-20&amp;to=2026-11-20&amp;basis="));
        String entries = page(part.replace("&amp;", "&"));
        assertTrue(entries.contains("Only the entries behind one number"), entries);
        var asked = core.ledger.statements.getLast();
        assertEquals("transfer", asked.getType());
        assertEquals("BOOKING", asked.getProcessKind());
        assertEquals("coin_8", asked.getOtherCoinId());
        assertEquals(DateBasis.DATE_BASIS_EFFECTIVE, asked.getBasis());
    }

    @Test
    void aProcessTellsMoneyThatWasReservedTakenAndGivenBack() {
        String html = page("/processes/prc_0197");
        for (String part : List.of(
                "€5.00 reserved on Otter rescue",
                "Capture of a commission: €3.00 from",
                "€2.00 on Otter rescue given back",
                "Balance of Otter rescue checked and found to be €1,125.00",
                "opened as DONE")) {
            assertTrue(html.contains(part), part + " in\n" + html);
        }
        assertFalse(html.contains("in the words of the core"), html);
        assertFalse(html.contains("href=\"/coins/\""), "one leg is no link to nowhere");
    }

    @Test
    void aCorrectionAndWhatItUndoesNameEachOther() {
        String corrected = page("/transactions/txn_7");
        assertTrue(corrected.contains("Undone by"), corrected);
        assertTrue(corrected.contains("href=\"/transactions/txn_12\""));
        String correction = page("/transactions/txn_12");
        assertTrue(correction.contains("Undoes"), correction);
        assertTrue(correction.contains("href=\"/transactions/txn_7\""));
        String process = page("/processes/prc_0197");
        assertTrue(process.contains("Undone by") && process.contains("Undoes"));
    }

    @Test
    void oneBoxFindsByNumberAmountReferenceAndName() {
        String number = page("/find?q=25");
        assertEquals(
                "25", core.ledger.searches.get(core.ledger.searches.size() - 3).getId());
        assertTrue(number.contains("Of exactly €25.00"), number);
        assertTrue(number.contains("href=\"/find?q=25&amp;by=amount&amp;page=back\""), number);
        assertTrue(number.contains("Looked back to"));
        assertTrue(page("/find?q=inc_01x").contains("With this reference"));
        assertTrue(page("/find?q=Otter").contains("href=\"/coins/coin_4\""));
        assertTrue(page("/find?q=01970000-0000-7000-8000-000000000001").contains("/txn_7"));
        page("/find?q=25,00%20usd");
        assertTrue(core.ledger.searches.stream()
                .anyMatch(each -> each.getAmount().getCurrency().equals("USD")
                        && each.getAmount().getMinor() == 2500));
        String nothing = page("/find?q=%3Cnobody%3E");
        assertTrue(nothing.contains("Nothing was found."), nothing);
        assertTrue(nothing.contains("value=\"&lt;nobody>\""), nothing);
    }

    @Test
    void anIdOpensItsPageAtOnce() {
        for (var each : List.of(
                List.of("txn_7", "/transactions/txn_7"),
                List.of("hold_8", "/holds/hold_8"),
                List.of("prc_0197", "/processes/prc_0197"))) {
            var answer = site.get("/find?q=" + each.getFirst(), CoreFixture.ADMIN);
            assertEquals(303, answer.statusCode());
            assertEquals(each.getLast(), answer.headers().firstValue("Location").orElse(""));
        }
    }

    @Test
    void holdsAreOpenOnesUnlessOthersAreAskedFor() {
        page("/holds");
        assertEquals(HoldState.HOLD_STATE_OPEN, core.ledger.holdLists.getLast().getState());
        page("/holds?state=all&coin=coin_4");
        assertEquals(
                HoldState.HOLD_STATE_UNSPECIFIED,
                core.ledger.holdLists.getLast().getState());
        assertEquals("coin_4", core.ledger.holdLists.getLast().getCoinId());
        assertTrue(page("/holds?coin=coin_9").contains("There is no such hold."));
        assertTrue(page("/holds?state=lost").contains("hold_8"));
    }

    @Test
    void aTrialBalanceSaysWhetherItSumsToZero() {
        String html = page("/trial-balance");
        assertTrue(html.contains("sums to zero"), html);
        assertTrue(html.contains("does not sum to zero"), "the other currency");
        assertTrue(html.contains("data-kind=\"labels\""));
        assertTrue(page("/trial-balance?as_of=1999-12-31").contains("No coin had a balance"));
    }

    @Test
    void theJournalIsAFileInTheFormThatWasAskedFor() {
        var file = site.get(
                "/journal/file?format=hledger&from=2026-01-01&to=2026-06-30", CoreFixture.ADMIN);
        assertEquals(200, file.statusCode());
        assertEquals("; JOURNAL_FORMAT_HLEDGER\n; end\n", file.body());
        assertEquals(
                "attachment; filename=\"almonry-journal-from-2026-01-01-to-2026-06-30.journal\"",
                file.headers().firstValue("Content-Disposition").orElse(""));
    }

    @Test
    void aCheckpointIsMadeAndShownAsItWasSigned() {
        var made = site.submit("/proof", "/proof/checkpoints", CoreFixture.ADMIN);
        assertEquals(303, made.statusCode());
        assertEquals(
                "/proof/checkpoints/40?done=checkpoint",
                made.headers().firstValue("Location").orElse(""));
        String html = page("/proof/checkpoints/40");
        assertTrue(html.contains("almonry.test/ledger\n40\nq6s=\n\n\u2014 almonry.test &lt;sig>")
                || html.contains(
                        "almonry.test/ledger\n40\nq6s=\n\n\u2014 almonry.test &lt;sig&gt;"));
        assertTrue(html.contains("This is the newest checkpoint."));
        assertTrue(page("/proof/checkpoints/38").contains("44".repeat(32)));
        assertEquals(404, site.get("/proof/checkpoints/41", CoreFixture.ADMIN).statusCode());
        assertEquals(404, site.get("/proof/checkpoints/x", CoreFixture.ADMIN).statusCode());
    }

    @Test
    void aCheckpointThatCannotBeSignedSaysWhyAndBrokenHistoryIsAnAlarm() {
        core.proof.refusal = "History is not the one that checkpoint 38 signed.";
        var refused = site.submit("/proof", "/proof/checkpoints", CoreFixture.ADMIN);
        assertEquals(422, refused.statusCode());
        PageCheck.check("/proof", refused);
        assertTrue(refused.body().contains(core.proof.refusal));
        String html = page("/proof/checkpoints/38");
        assertTrue(html.contains("There is no such proof: " + core.proof.refusal), html);
        assertTrue(html.contains("role=\"alert\""));
    }

    @Test
    void theProofOfATransactionCanBeCopiedAndSaysHowToCheckIt() {
        String html = page("/transactions/txn_7/proof");
        for (String part : List.of(
                "&#34;leaf&#34;: &#34;010000&#34;",
                "11".repeat(32),
                "33".repeat(32),
                "previous_chain",
                "almonry.test/ledger\\n40\\nq6s=\\n\\n",
                "How to check it")) {
            assertTrue(
                    html.contains(part) || html.contains(part.replace("&#34;", "\"")),
                    part + " in\n" + html);
        }
        core.proof.refusal = "The checkpoint is older than the transaction. Sign a new one first.";
        var missing = site.get("/transactions/txn_7/proof", CoreFixture.ADMIN);
        assertEquals(404, missing.statusCode());
        PageCheck.check("/transactions/txn_7/proof", missing);
        assertTrue(missing.body().contains(core.proof.refusal));
        core.proof.refusal = "";
        var signed = site.post(
                "/proof/checkpoints",
                CoreFixture.ADMIN,
                "csrf",
                Site.hidden(Site.form(missing.body(), "/proof/checkpoints"), "csrf"),
                "transaction",
                "txn_7");
        assertEquals(
                "/transactions/txn_7/proof?done=checkpoint",
                signed.headers().firstValue("Location").orElse(""));
    }

    @Test
    void aHaltIsAnAlarmOnEveryPageUntilItIsLifted() {
        assertFalse(page("/users").contains("role=\"alert\""));
        core.check.halted = true;
        for (String path : List.of("/", "/users", "/ledger", "/imports", "/proof")) {
            String html = page(path);
            assertTrue(html.contains("No value moves: the ledger is halted."), path);
            assertFalse(html.contains(FakeCheck.FAULT), path);
        }
        assertFalse(site.get("/sign-in", "").body().contains("halted"));
        assertTrue(page("/proof").contains("href=\"/proof/lift\""));
        assertTrue(site.get("/proof", CoreFixture.ACCOUNTANT)
                .body()
                .contains("A platform admin can let value move again."));
        String ask = page("/proof/lift");
        assertTrue(ask.contains("coin_4: 5 &lt;i&gt;instead"), ask);
        var silent = site.submit("/proof/lift", "/proof/lift", CoreFixture.ADMIN);
        assertEquals(422, silent.statusCode());
        PageCheck.check("/proof/lift", silent);
        var wrong = site.submit("/proof/lift", "/proof/lift", CoreFixture.ADMIN, "why", "mended");
        assertEquals(422, wrong.statusCode());
        assertTrue(wrong.body().contains("The books are still wrong."));
        assertTrue(wrong.body().contains("value=\"mended\""));
        var lifted = site.submit(
                "/proof/lift", "/proof/lift", CoreFixture.ADMIN, "why", "mended", "accept", "yes");
        assertEquals(
                "/proof?done=lifted", lifted.headers().firstValue("Location").orElse(""));
        assertEquals("mended", core.check.lifts.getLast().getWhy());
        assertTrue(page("/proof/lift").contains("Nothing is halted."));
    }

    @Test
    void booksAreClosedOnlyAfterASecondLook() {
        assertTrue(page("/periods").contains("Sep 30, 2026"));
        assertFalse(site.get("/periods", CoreFixture.ACCOUNTANT)
                .body()
                .contains("action=\"/periods/close\""));
        String path = "/periods/close?issuer_key=hoster&closed_to=";
        for (String wrong : List.of("", "2099-12-31", "soon")) {
            var refused = site.get(path + wrong, CoreFixture.ADMIN);
            assertEquals(422, refused.statusCode(), wrong);
            PageCheck.check(wrong, refused);
        }
        assertEquals(
                404,
                site.get("/periods/close?issuer_key=x&closed_to=2026-01-31", CoreFixture.ADMIN)
                        .statusCode());
        assertTrue(page(path + "2026-01-31").contains("This cannot be undone"));
        assertTrue(core.periods.closings.isEmpty());
        var closed = site.submit(path + "2026-01-31", "/periods/close", CoreFixture.ADMIN);
        assertEquals(
                "/periods?done=books-closed",
                closed.headers().firstValue("Location").orElse(""));
        assertEquals("2026-01-31", core.periods.closings.getFirst().getClosedTo());
    }

    @Test
    void theCheckOfEveryMinuteCanBeAskedForNow() {
        assertTrue(page("/proof").contains("all is right"));
        var checked = site.submit("/proof", "/proof/check", CoreFixture.ADMIN);
        assertEquals(
                "/proof?done=checked", checked.headers().firstValue("Location").orElse(""));
    }

    @Test
    void whoMayNotReadTheBooksSeesNothingOfThem() {
        for (String path : List.of(
                "/coins/coin_4", "/find?q=25", "/holds", "/trial-balance", "/proof", "/journal")) {
            var answer = site.get(path, CoreFixture.MEMBER);
            assertEquals(303, answer.statusCode(), path);
        }
        for (String path : List.of("/coins/coin_99", "/holds/hold_1", "/transactions/txn_99")) {
            assertEquals(404, site.get(path, CoreFixture.ADMIN).statusCode(), path);
        }
    }

    @Test
    void thePagesOfTheLedgerStandBesideEachOther() {
        String html = page("/holds/hold_8");
        assertTrue(html.contains("<a href=\"/ledger\" aria-current=\"page\">Ledger</a>"), html);
        assertTrue(html.contains("<a href=\"/holds\" aria-current=\"page\">Holds</a>"), html);
        assertFalse(page("/users").contains("class=\"nav group\""));
    }
}

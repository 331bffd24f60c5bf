package org.almonry.widgets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.directory.Project;
import org.almonry.error.v1.Reason;
import org.almonry.ledger.Operation;
import org.almonry.ledger.PostRequest;
import org.almonry.ledger.PostResult;
import org.almonry.money.Money;
import org.almonry.testing.Answer;
import org.almonry.testing.Callers;
import org.almonry.testing.People;
import org.almonry.widgets.v1.CreatePledgeRequest;
import org.almonry.widgets.v1.CreatePledgeResponse;
import org.almonry.widgets.v1.GetPledgeRequest;
import org.almonry.widgets.v1.GetProfileRequest;
import org.almonry.widgets.v1.GetProjectRequest;
import org.almonry.widgets.v1.GetProjectResponse;
import org.almonry.widgets.v1.PledgeItem;
import org.almonry.widgets.v1.PledgeState;
import org.almonry.wire.Caller;
import org.almonry.wire.Failure;
import org.almonry.wire.MoneyCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;

class WidgetRpcTest {
    private static final Caller WIDGETS = new Caller.Service("edge/widgets");
    private final People people = new People();
    private final Project otters = people.activeProject("otters", Money.of(100_000, "EUR"));
    private final WidgetRpc rpc = new WidgetRpc(
            people.nonprofits,
            people.projects,
            people.giving,
            people.bookings,
            people.reads,
            people.clock,
            ZoneOffset.UTC);

    WidgetRpcTest() {
        people.account();
    }

    @AfterEach
    void close() {
        people.close();
    }

    @Test
    void aProfileShowsOnlyProjectsThatMayReceive() {
        Callers.run(
                Callers.job(),
                () -> people.projects.create(new org.almonry.directory.NewProject(
                        otters.nonprofitId(), "later", "Later", "", People.EUR, null, 0)));
        var profile = Answer.<org.almonry.widgets.v1.GetProfileResponse>of(
                        WIDGETS,
                        answer -> rpc.getProfile(
                                GetProfileRequest.newBuilder().setSlug("otters").build(), answer))
                .getProfile();
        assertEquals(1, profile.getProjectsCount());
        assertEquals("https://otters.example.org", profile.getSites(0));
        var failure = assertThrows(Failure.class, () -> project("later"));
        assertEquals(Reason.NOT_FOUND, failure.reason());
    }

    /// C-093
    @Test
    void theThermometerIsGrossAndTheGraphIsPerWeek() {
        receive(2_500, LocalDate.parse("2026-09-30"));
        receive(1_000, LocalDate.parse("2026-10-12"));
        receive(500, LocalDate.parse("2026-10-11"));
        var answer = project("otters");
        assertEquals(4_000, answer.getProject().getReceived().getMinor());
        assertEquals(
                List.of("2026-09-28 2500", "2026-10-05 500", "2026-10-12 1000"),
                answer.getWeeksList().stream()
                        .map(week -> week.getMonday() + " " + week.getAmount().getMinor())
                        .toList());
    }

    /// C-093
    @Test
    void weeksHaveNoGapsAndEndAfterAYear() {
        var today = LocalDate.parse("2026-10-12");
        assertEquals(Map.of(), Weeks.of(Map.of(), today));
        var weeks = Weeks.of(
                Map.of(
                        today.minusWeeks(60), Money.of(1, "EUR"),
                        today.minusWeeks(51), Money.of(2, "EUR"),
                        today.plusWeeks(1), Money.of(3, "EUR")),
                today);
        assertEquals(52, weeks.size());
        assertEquals(Money.of(2, "EUR"), weeks.firstEntry().getValue());
        assertEquals(Money.of(0, "EUR"), weeks.get(today));
    }

    @Test
    void aPledgeIsReadAgainByItsTokenOnly() {
        var made = pledge("key-0123456789abcdef", 2_500).getPledge();
        assertEquals(made, pledge("key-0123456789abcdef", 2_500).getPledge());
        assertEquals(PledgeState.PLEDGE_STATE_WAITING, made.getState());
        assertEquals("DE02120300000000202051", made.getIban());
        assertEquals("otters", made.getItems(0).getProject());
        var again = Answer.<org.almonry.widgets.v1.GetPledgeResponse>of(
                WIDGETS,
                answer -> rpc.getPledge(
                        GetPledgeRequest.newBuilder().setToken(made.getToken()).build(), answer));
        assertEquals(made, again.getPledge());
        assertThrows(Failure.class, () -> pledge("key-0123456789abcdef", 2_600));
        assertTrue(pledge("key-1123456789abcdef", 1).hasAmountOutOfRange());
    }

    /// C-008, C-091
    @Test
    void noAnswerNamesAGiver() {
        var made = pledge("key-0123456789abcdef", 2_500);
        assertFalse(made.toString().contains("giver@example.org"));
        assertFalse(made.toString().contains("Gina"));
    }

    private void receive(long minor, LocalDate on) {
        var account = people.account();
        long overhead = people.projects.overheadCoin(People.EUR);

        var result = people.ledger.post(new PostRequest(
                UUID.randomUUID(),
                people.ids.next("prc"),
                on,
                List.of(
                        new Operation.Issue(account.issuingCoin(), account.incomingCoin(), minor),
                        new Operation.Transfer(
                                account.incomingCoin(), otters.coinId().orElseThrow(), minor),
                        new Operation.Commission(
                                otters.coinId().orElseThrow(), overhead, minor / 10)),
                List.of(),
                List.of(),
                List.of(),
                true));
        assertTrue(result instanceof PostResult.Posted, result::toString);
    }

    private GetProjectResponse project(String slug) {
        return Answer.of(
                WIDGETS,
                answer -> rpc.getProject(
                        GetProjectRequest.newBuilder().setSlug(slug).build(), answer));
    }

    private CreatePledgeResponse pledge(String key, long minor) {
        var request = CreatePledgeRequest.newBuilder()
                .setIdempotencyKey(key)
                .setNonprofit("otters")
                .addItems(PledgeItem.newBuilder()
                        .setProject("otters")
                        .setAmount(MoneyCodec.toProto(Money.of(minor, "EUR"))))
                .setName("Gina")
                .setEmail("giver@example.org")
                .setLanguage("en")
                .build();
        return Answer.of(WIDGETS, answer -> rpc.createPledge(request, answer));
    }
}

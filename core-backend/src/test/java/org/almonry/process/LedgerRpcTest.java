package org.almonry.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.audit.AuditEntry;
import org.almonry.audit.AuditLog;
import org.almonry.audit.AuditRpc;
import org.almonry.audit.v1.ListAuditRequest;
import org.almonry.audit.v1.ListAuditResponse;
import org.almonry.error.v1.Reason;
import org.almonry.events.DomainEvent;
import org.almonry.events.Outbox;
import org.almonry.ledger.CoinKind;
import org.almonry.ledger.Ledger;
import org.almonry.ledger.NewCoin;
import org.almonry.ledger.Operation;
import org.almonry.ledger.PostRequest;
import org.almonry.ledger.PostResult;
import org.almonry.ledger.check.Verifications;
import org.almonry.ledger.export.JournalFormats;
import org.almonry.ledger.metadata.Metadata;
import org.almonry.ledger.postgres.PostgresLedger;
import org.almonry.ledger.process.ProcessChange;
import org.almonry.ledger.read.LedgerReads;
import org.almonry.ledger.rpc.AdminLedgerRpc;
import org.almonry.ledger.v1.GetCoinRequest;
import org.almonry.ledger.v1.GetCoinResponse;
import org.almonry.ledger.v1.GetProcessRequest;
import org.almonry.ledger.v1.GetProcessResponse;
import org.almonry.ledger.v1.GetTransactionRequest;
import org.almonry.ledger.v1.GetTransactionResponse;
import org.almonry.ledger.v1.ListCoinsRequest;
import org.almonry.ledger.v1.ListCoinsResponse;
import org.almonry.ledger.v1.ListProcessesRequest;
import org.almonry.ledger.v1.ListProcessesResponse;
import org.almonry.ledger.v1.TimelineItem;
import org.almonry.ledger.v1.VerifyLedgerRequest;
import org.almonry.ledger.v1.VerifyLedgerResponse;
import org.almonry.money.Currency;
import org.almonry.testing.Answer;
import org.almonry.testing.TestDatabase;
import org.almonry.type.v1.PageRequest;
import org.almonry.wire.Caller;
import org.almonry.wire.Failure;
import org.almonry.wire.Ids;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;

/// What admins read of the books. K-006: history shows the process, not its parts.
class LedgerRpcTest {
    private static final Caller ADMIN = new Caller.System("test");

    private final TestDatabase database = TestDatabase.fresh();
    private final Clock clock = Clock.systemUTC();
    private final Ids ids = new Ids(clock);
    private final Outbox outbox = new Outbox(database.accounting(), clock);
    private final AuditLog audit = new AuditLog(database.accounting(), clock);
    private final BusinessProcesses processes = new BusinessProcesses(database.accounting());
    private final Ledger ledger = PostgresLedger.ledger(
            database.accounting(), BusinessProcesses.journal(), outbox, audit, clock);
    private final LedgerReads reads = new LedgerReads(database.accounting());
    private final AdminLedgerRpc rpc = new AdminLedgerRpc(
            reads,
            new Metadata(database.accounting(), clock),
            new ProcessViewRpc(reads, processes, outbox, audit),
            new Verifications(database.accounting(), clock),
            new JournalFormats(database.accounting()),
            _ -> {});
    private final String line = ids.next("inc");
    private final String arrival = ids.next("prc");
    private final String booking = ids.next("prc");
    private final String correction = ids.next("prc");
    private long bank;
    private long incoming;
    private long project;

    /// A line arrives, is booked and is taken back.
    @BeforeEach
    void walkThePath() {
        ledger.start();
        long issuer = ledger.openIssuer("hoster", "Hoster");
        bank = open(issuer, CoinKind.ISSUING, "Bank");
        incoming = open(issuer, CoinKind.INCOMING, "Incoming");
        project = open(issuer, CoinKind.PROJECT, "Otters");
        post(
                arrival,
                new Operation.Issue(bank, incoming, 2500),
                List.of(),
                new ProcessChange.Open(arrival, "INCOMING", "WAITING", line, "{}", "job:fetch"));
        post(
                booking,
                new Operation.Transfer(incoming, project, 2500),
                List.of(new DomainEvent.GiftBooked(booking, List.of(line), "", List.of(), "EUR")),
                new ProcessChange.Open(booking, "BOOKING", "DONE", line, "{}", "usr_1"),
                new ProcessChange.Advance(arrival, "WAITING", "BOOKED", "by hand"));
        post(
                correction,
                new Operation.Transfer(project, incoming, 2500),
                List.of(),
                new ProcessChange.Open(
                        correction,
                        "CORRECTION",
                        "DONE",
                        "",
                        "{\"corrects\":\"" + booking + "\"}",
                        "usr_1"),
                new ProcessChange.Advance(arrival, "BOOKED", "WAITING", "taken back"));
    }

    @AfterEach
    void close() {
        ledger.close();
        database.close();
    }

    @Test
    void aProcessIsOneTimeline() {
        var found = process(booking);
        assertEquals("BOOKING", found.getProcess().getKind());
        assertEquals(1, found.getTransactionsCount());
        assertEquals("Otters", found.getTransactions(0).getDestination().getName());
        var items = found.getTimelineList();
        var kinds = new HashSet<>(items.stream().map(TimelineItem::getKind).toList());
        assertTrue(
                kinds.containsAll(List.of("state", "transaction", "event", "audit")),
                kinds::toString);
        // What was audited about the line before comes first.
        var opened = items.stream()
                .filter(each -> each.getKind().equals("state"))
                .findFirst()
                .orElseThrow();
        assertEquals("opened as DONE", opened.getText());
        assertEquals("usr_1", opened.getActor());
        assertTrue(items.stream()
                .anyMatch(each ->
                        each.getText().equals("transfer 25.00 EUR from Incoming to Otters")));
        var related = found.getRelatedList().stream().map(each -> each.getId()).toList();
        assertEquals(List.of(arrival, correction), related);
        var states = process(arrival).getTimelineList().stream()
                .filter(each -> each.getKind().equals("state"))
                .map(TimelineItem::getText)
                .toList();
        assertEquals(
                List.of(
                        "opened as WAITING",
                        "WAITING to BOOKED: by hand",
                        "BOOKED to WAITING: taken back"),
                states);
        assertEquals(booking, process(correction).getRelated(0).getId());
    }

    /// K-001
    @Test
    void aCoinShowsItsEntriesPageByPage() {
        var first = coin("coin_" + incoming, "");
        assertEquals(2500, first.getCoin().getBalance().getMinor());
        assertEquals("incoming", first.getCoin().getKind());
        assertEquals("Hoster", first.getCoin().getIssuer());
        assertEquals(
                List.of(2500L, -2500L),
                first.getEntriesList().stream()
                        .map(each -> each.getAmount().getMinor())
                        .toList());
        var second = coin("coin_" + incoming, first.getPage().getNextToken());
        assertEquals(1, second.getEntriesCount());
        assertEquals(1, second.getEntries(0).getSequence());
        assertEquals("", second.getPage().getNextToken());
    }

    @Test
    void coinsAndProcessesAreListedPageByPage() {
        var names = new java.util.ArrayList<String>();
        var token = "";
        do {
            var page = PageRequest.newBuilder().setSize(1).setToken(token);
            var request = ListCoinsRequest.newBuilder().setPage(page).build();
            var response =
                    Answer.<ListCoinsResponse>of(ADMIN, answer -> rpc.listCoins(request, answer));
            response.getCoinsList().forEach(each -> names.add(each.getName()));
            token = response.getPage().getNextToken();
        } while (!token.isEmpty());
        assertEquals(List.of("Incoming", "Bank", "Otters"), names);
        var search = ListCoinsRequest.newBuilder().setSearch("otter").build();
        var searched = Answer.<ListCoinsResponse>of(ADMIN, answer -> rpc.listCoins(search, answer));
        assertEquals(1, searched.getCoinsCount());
        var all = ListProcessesRequest.getDefaultInstance();
        var listed =
                Answer.<ListProcessesResponse>of(ADMIN, answer -> rpc.listProcesses(all, answer));
        assertEquals(
                List.of(correction, booking, arrival),
                listed.getProcessesList().stream().map(each -> each.getId()).toList());
    }

    @Test
    void transactionsAreFoundAndTheBooksAreRight() {
        var one = GetTransactionRequest.newBuilder().setTransactionId("txn_2").build();
        var found =
                Answer.<GetTransactionResponse>of(ADMIN, answer -> rpc.getTransaction(one, answer));
        assertEquals(booking, found.getTransaction().getProcessId());
        assertEquals("2026-03-01", found.getTransaction().getEffectiveOn());
        var verified = Answer.<VerifyLedgerResponse>of(
                ADMIN,
                answer -> rpc.verifyLedger(VerifyLedgerRequest.getDefaultInstance(), answer));
        assertTrue(verified.getRight());
        assertEquals(3, verified.getTransactions());
        assertEquals(0, verified.getSums(0).getMinor());
    }

    @Test
    void whatDoesNotExistIsNotFound() {
        for (var id : List.of(
                "coin_999", "coin_", "txn_1", "coin_1 or 1=1", "coin_99999999999999999999")) {
            var failure = assertThrows(Failure.class, () -> coin(id, ""));
            assertEquals(Reason.NOT_FOUND, failure.reason());
        }
        var failure = assertThrows(Failure.class, () -> process("prc_none"));
        assertEquals(Reason.NOT_FOUND, failure.reason());
    }

    @Test
    void auditRowsAreReadBySubjectAndPerson() {
        var auditRpc = new AuditRpc(audit, (before, size) -> List.of());
        var byLine = ListAuditRequest.newBuilder().setSubject(line).build();
        var rows =
                Answer.<ListAuditResponse>of(ADMIN, answer -> auditRpc.listAudit(byLine, answer));
        assertEquals(3, rows.getEntriesCount());
        assertTrue(rows.getEntries(0).getSequence() > rows.getEntries(1).getSequence());
        var nobody = ListAuditRequest.newBuilder().setPerformedBy("usr_none").build();
        var none =
                Answer.<ListAuditResponse>of(ADMIN, answer -> auditRpc.listAudit(nobody, answer));
        assertFalse(none.hasPage());
        assertEquals(0, none.getEntriesCount());
        var page = PageRequest.newBuilder().setToken("x");
        var bad = ListAuditRequest.newBuilder().setPage(page).build();
        assertThrows(
                Failure.class,
                () -> Answer.<ListAuditResponse>of(
                        ADMIN, answer -> auditRpc.listAudit(bad, answer)));
    }

    private GetProcessResponse process(String id) {
        var request = GetProcessRequest.newBuilder().setProcessId(id).build();
        return Answer.of(ADMIN, answer -> rpc.getProcess(request, answer));
    }

    private GetCoinResponse coin(String id, String token) {
        var page = PageRequest.newBuilder().setSize(2).setToken(token);
        var request = GetCoinRequest.newBuilder().setCoinId(id).setPage(page).build();
        return Answer.of(ADMIN, answer -> rpc.getCoin(request, answer));
    }

    private long open(long issuer, CoinKind kind, String name) {
        return ledger.openCoin(new NewCoin(issuer, Currency.of("EUR"), kind, name, name))
                .id();
    }

    private void post(
            String process,
            Operation operation,
            List<DomainEvent> events,
            ProcessChange... changes) {
        var result = ledger.post(new PostRequest(
                Ids.uuid(ids.next("req")),
                process,
                LocalDate.of(2026, 3, 1),
                List.of(operation),
                List.of(changes),
                events,
                List.of(new AuditEntry("usr_1", "admin/admin", "Walk", line, "ok", "")),
                true));
        assertInstanceOf(PostResult.Posted.class, result);
    }
}

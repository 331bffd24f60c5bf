package org.almonry.ledger.rpc;

import static org.almonry.ledger.rpc.Integrator.authorize;
import static org.almonry.ledger.rpc.Integrator.commission;
import static org.almonry.ledger.rpc.Integrator.eur;
import static org.almonry.ledger.rpc.Integrator.issue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.StatusRuntimeException;

import org.almonry.error.v1.Reason;
import org.almonry.ledger.v1.CoinKind;
import org.almonry.ledger.v1.DateBasis;
import org.almonry.ledger.v1.ExplainBalanceRequest;
import org.almonry.ledger.v1.ExportJournalRequest;
import org.almonry.ledger.v1.FindTransactionsRequest;
import org.almonry.ledger.v1.GetBalanceRequest;
import org.almonry.ledger.v1.GetLedgerStateRequest;
import org.almonry.ledger.v1.GetMetadataRequest;
import org.almonry.ledger.v1.GetProcessRequest;
import org.almonry.ledger.v1.GetTransactionRequest;
import org.almonry.ledger.v1.GetTrialBalanceRequest;
import org.almonry.ledger.v1.HoldState;
import org.almonry.ledger.v1.JournalFormat;
import org.almonry.ledger.v1.LedgerReadServiceGrpc;
import org.almonry.ledger.v1.LedgerReadServiceGrpc.LedgerReadServiceBlockingStub;
import org.almonry.ledger.v1.LedgerReaderServiceGrpc;
import org.almonry.ledger.v1.LedgerReaderServiceGrpc.LedgerReaderServiceBlockingStub;
import org.almonry.ledger.v1.LedgerServiceGrpc;
import org.almonry.ledger.v1.ListCoinsRequest;
import org.almonry.ledger.v1.ListEntriesRequest;
import org.almonry.ledger.v1.ListHoldsRequest;
import org.almonry.ledger.v1.ListIssuersRequest;
import org.almonry.ledger.v1.ListProcessesRequest;
import org.almonry.ledger.v1.PostRequest;
import org.almonry.ledger.v1.ProcessChange;
import org.almonry.ledger.v1.ProcessOpening;
import org.almonry.ledger.v1.SetMetadataRequest;
import org.almonry.ledger.v1.SetMetadataResponse;
import org.almonry.ledger.v1.Transaction;
import org.almonry.ledger.v1.VerifyLedgerRequest;
import org.almonry.testing.SignedIn;
import org.almonry.testing.TestCore;
import org.almonry.type.v1.PageRequest;
import org.almonry.wire.Failure;
import org.almonry.wire.Identity;
import org.almonry.wire.WireClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What readers and admins are told over mutual TLS (K-030, K-045, K-080).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LedgerReadingTest {
    private TestCore core;
    private Integrator shop;
    private LedgerReaderServiceBlockingStub reader;
    private LedgerReadServiceBlockingStub admin;
    private String bank;
    private String project;
    private String fees;
    private String process;
    private List<String> booked;

    @BeforeAll
    void start(@TempDir Path directory) {
        core = TestCore.start(directory, Map.of());
        shop = new Integrator(core);
        reader = LedgerReaderServiceGrpc.newBlockingStub(core.channel(Identity.LEDGER_READER));
        admin = WireClient.withSession(
                LedgerReadServiceGrpc.newBlockingStub(core.channel(Identity.ADMIN)),
                SignedIn.at(core, Identity.ADMIN, TestCore.ADMIN));
        bank = shop.coin(CoinKind.COIN_KIND_ISSUING, "bank");
        project = shop.coin(CoinKind.COIN_KIND_PROJECT, "prj_1");
        fees = shop.coin(CoinKind.COIN_KIND_OVERHEAD, "overhead");
        process = shop.ids.next("prc");
        var result = shop.post(shop.posting(
                        issue(bank, project, 2_500),
                        commission(project, fees, 250),
                        authorize(project, 400))
                .setProcessId(process)
                .addProcesses(ProcessChange.newBuilder()
                        .setOpen(ProcessOpening.newBuilder()
                                .setProcessId(process)
                                .setProcessKind("GIFT")
                                .setState("DONE")
                                .setSubject("ord_77"))));
        booked = result.getPosted().getTransactionIdsList();
    }

    @AfterAll
    void close() {
        core.close();
    }

    /// The service has nothing that writes, and the identity may call no other.
    @Test
    void aReaderReadsAndCannotWrite() {
        assertEquals(
                2_250,
                reader.getBalance(GetBalanceRequest.newBuilder()
                                .setCoinId(project)
                                .build())
                        .getBalance()
                        .getMinor());
        assertTrue(
                reader
                        .listIssuers(ListIssuersRequest.getDefaultInstance())
                        .getIssuersList()
                        .stream()
                        .anyMatch(each -> each.getKey().equals("shop")));
        assertEquals(
                1,
                reader.listCoins(
                                ListCoinsRequest.newBuilder().setSearch("prj_1").build())
                        .getCoinsCount());
        var found = reader.getProcess(
                GetProcessRequest.newBuilder().setProcessId(process).build());
        assertEquals(3, found.getTransactionsCount());
        assertEquals("service:ledger/writer", found.getProcess().getOpenedBy());
        assertTrue(
                found.getTimelineList().stream().anyMatch(each -> each.getKind().equals("audit")));
        assertEquals(
                process,
                reader.listProcesses(ListProcessesRequest.newBuilder()
                                .setKind("GIFT")
                                .build())
                        .getProcesses(0)
                        .getId());
        var writing = LedgerServiceGrpc.newBlockingStub(core.channel(Identity.LEDGER_READER));
        assertFailure(
                Reason.NOT_ALLOWED,
                () -> writing.post(PostRequest.newBuilder()
                        .setPosting(shop.posting(issue(bank, project, 1)))
                        .build()));
        assertEquals(2_250, shop.balance(project));
    }

    /// All that a reader is told, the one who posts is told by the same service.
    @Test
    void aWriterReadsWhatItPosted() {
        var id = booked.getFirst();
        var found = shop.reader
                .getTransaction(
                        GetTransactionRequest.newBuilder().setTransactionId(id).build())
                .getTransaction();
        assertEquals(transaction(id), found);
        assertEquals(process, found.getProcessId());
        var request = ListEntriesRequest.newBuilder().setCoinId(project).build();
        assertEquals(reader.listEntries(request), shop.reader.listEntries(request));
    }

    @Test
    void balancesAndStatementsAreToldByEitherDate() {
        var before = reader.getBalance(GetBalanceRequest.newBuilder()
                .setCoinId(project)
                .setEffectiveOn("2026-02-28")
                .build());
        assertEquals(0, before.getBalance().getMinor());
        assertFalse(before.hasHeld());
        var on = reader.getBalance(GetBalanceRequest.newBuilder()
                .setCoinId(project)
                .setEffectiveOn(Integrator.DAY)
                .build());
        assertEquals(2_250, on.getBalance().getMinor());
        var recorded = transaction(booked.getFirst()).getRecordedAt();
        var then = reader.getBalance(GetBalanceRequest.newBuilder()
                .setCoinId(project)
                .setRecordedAt(recorded.toBuilder().setSeconds(recorded.getSeconds() - 1))
                .build());
        assertEquals(0, then.getBalance().getMinor());
        var amounts = new ArrayList<Long>();
        var token = "";
        do {
            var page = reader.listEntries(ListEntriesRequest.newBuilder()
                    .setCoinId(project)
                    .setBasis(DateBasis.DATE_BASIS_EFFECTIVE)
                    .setFrom(Integrator.DAY)
                    .setTo(Integrator.DAY)
                    .setPage(PageRequest.newBuilder().setSize(1).setToken(token))
                    .build());
            page.getEntriesList().forEach(each -> amounts.add(each.getAmount().getMinor()));
            token = page.getPage().getNextToken();
        } while (!token.isEmpty());
        assertEquals(List.of(-250L, 2_500L), amounts);
        assertFailure(
                Reason.INVALID_ARGUMENT,
                () -> reader.listEntries(ListEntriesRequest.newBuilder()
                        .setCoinId(project)
                        .setPage(PageRequest.newBuilder().setToken("nonsense"))
                        .build()));
    }

    /// K-045
    @Test
    void transactionsAreFoundByIdAmountAndReference() {
        for (var id : List.of(booked.get(1), booked.get(1).replace("txn_", ""))) {
            assertEquals(
                    List.of(booked.get(1)),
                    find(FindTransactionsRequest.newBuilder().setId(id)));
        }
        var all = List.of(booked.get(2), booked.get(1), booked.get(0));
        assertEquals(all, find(FindTransactionsRequest.newBuilder().setId(process)));
        assertEquals(
                all,
                find(FindTransactionsRequest.newBuilder()
                        .setId(transaction(booked.getFirst()).getRequestId())));
        assertEquals(
                List.of(booked.get(2)),
                find(FindTransactionsRequest.newBuilder()
                        .setId(booked.get(2).replace("txn_", "hold_"))));
        assertEquals(all, find(FindTransactionsRequest.newBuilder().setReference("ord_77")));
        assertEquals(
                List.of(booked.get(1)),
                find(FindTransactionsRequest.newBuilder()
                        .setReference("ord_77")
                        .setAmount(eur(250))));
        assertEquals(
                List.of(booked.get(1)),
                find(FindTransactionsRequest.newBuilder().setAmount(eur(250)).setCoinId(fees)));
        assertEquals(
                List.of(),
                find(FindTransactionsRequest.newBuilder()
                        .setAmount(eur(250).toBuilder().setCurrency("USD"))));
        for (var nothing : List.of("txn_", "prc_x", "req_x", "hold_x", "' or 1=1", "99999")) {
            assertEquals(List.of(), find(FindTransactionsRequest.newBuilder().setId(nothing)));
        }
        assertFailure(
                Reason.INVALID_ARGUMENT,
                () -> admin.findTransactions(FindTransactionsRequest.getDefaultInstance()));
    }

    @Test
    void metadataKeepsItsHistory() {
        var target = booked.getFirst();
        set(target, "invoice", "RE-1");
        set(target, "invoice", "RE-2");
        set(target, "invoice", "RE-2");
        set(target, "note", "by phone");
        assertEquals(1, set(target, "note", "").getItemsCount());
        var found = reader.getMetadata(
                GetMetadataRequest.newBuilder().setTargetId(target).build());
        assertEquals("RE-2", found.getItems(0).getValue());
        assertEquals(
                List.of("", "by phone", "RE-2", "RE-1"),
                found.getHistoryList().stream().map(each -> each.getValue()).toList());
        assertEquals("service:ledger/writer", found.getHistory(0).getBy());
        assertEquals(
                List.of(target), find(FindTransactionsRequest.newBuilder().setReference("RE-2")));
        assertEquals(List.of(), find(FindTransactionsRequest.newBuilder().setReference("RE-1")));
        assertFailure(Reason.NOT_FOUND, () -> set("txn_99999", "a", "b"));
        assertFailure(Reason.INVALID_ARGUMENT, () -> set(target, "A b", "c"));
        for (int i = 0; i < 50; i++) {
            set(bank, "key-" + i, "v");
        }
        assertFailure(Reason.LIMIT_REACHED, () -> set(bank, "one-more", "v"));
    }

    @Test
    void adminsAreToldHowABalanceCameAbout() {
        var told = admin.explainBalance(ExplainBalanceRequest.newBuilder()
                .setCoinId(project)
                .setFrom(Integrator.DAY)
                .setTo("2026-03-31")
                .setBasis(DateBasis.DATE_BASIS_EFFECTIVE)
                .build());
        assertEquals(0, told.getOpening().getMinor());
        assertEquals(2_500, told.getCameIn().getMinor());
        assertEquals(250, told.getWentOut().getMinor());
        assertEquals(2_250, told.getClosing().getMinor());
        assertEquals("GIFT", told.getParts(0).getProcessKind());
        assertEquals(bank, told.getParts(0).getOtherCoinId());
        assertEquals(2_250, told.getDays(0).getBalance().getMinor());
        for (var to : List.of("2026-02-28", "2030-01-01")) {
            assertFailure(
                    Reason.INVALID_ARGUMENT,
                    () -> admin.explainBalance(ExplainBalanceRequest.newBuilder()
                            .setCoinId(project)
                            .setFrom(Integrator.DAY)
                            .setTo(to)
                            .build()));
        }
        var trial = admin.getTrialBalance(GetTrialBalanceRequest.getDefaultInstance());
        assertTrue(trial.getTotalsCount() > 0);
        trial.getTotalsList().forEach(each -> assertEquals(0, each.getBalance().getMinor()));
        var asOf = admin.getTrialBalance(GetTrialBalanceRequest.newBuilder()
                .setAsOf(Integrator.DAY)
                .setBasis(DateBasis.DATE_BASIS_EFFECTIVE)
                .build());
        asOf.getTotalsList().forEach(each -> assertEquals(0, each.getBalance().getMinor()));
        assertEquals(
                2_500,
                asOf.getRowsList().stream()
                        .filter(each -> each.getKind().equals("issuing"))
                        .mapToLong(each -> each.getDebit().getMinor())
                        .sum());
    }

    @Test
    void adminsSeeHoldsTheHeadAndTheFile() {
        var holds = admin.listHolds(ListHoldsRequest.newBuilder()
                .setCoinId(project)
                .setState(HoldState.HOLD_STATE_OPEN)
                .build());
        assertEquals(400, holds.getHolds(0).getRemaining().getMinor());
        assertEquals(process, holds.getHolds(0).getProcessId());
        var state = admin.getLedgerState(GetLedgerStateRequest.getDefaultInstance());
        assertTrue(state.getBatch() > 0);
        assertEquals(64, state.getChain().length());
        assertEquals(1, state.getOpenHolds());
        assertTrue(admin.verifyLedger(VerifyLedgerRequest.getDefaultInstance()).getRight());
        var verified =
                admin.getLedgerState(GetLedgerStateRequest.getDefaultInstance()).getVerification();
        assertTrue(verified.getRight());
        assertEquals(3, verified.getTransactions());
        var file = new StringBuilder();
        admin.exportJournal(ExportJournalRequest.newBuilder()
                        .setFormat(JournalFormat.JOURNAL_FORMAT_CSV)
                        .setIssuerKey("shop")
                        .build())
                .forEachRemaining(each -> file.append(each.getChunk().toStringUtf8()));
        assertEquals(5, file.toString().lines().count(), file.toString());
    }

    private List<String> find(FindTransactionsRequest.Builder request) {
        return admin.findTransactions(request.build()).getTransactionsList().stream()
                .map(Transaction::getId)
                .toList();
    }

    private Transaction transaction(String id) {
        return reader.getTransaction(
                        GetTransactionRequest.newBuilder().setTransactionId(id).build())
                .getTransaction();
    }

    private SetMetadataResponse set(String target, String key, String value) {
        return shop.ledger.setMetadata(SetMetadataRequest.newBuilder()
                .setTargetId(target)
                .setKey(key)
                .setValue(value)
                .build());
    }

    private static void assertFailure(Reason reason, Executable call) {
        var thrown = assertThrows(StatusRuntimeException.class, call);
        assertEquals(reason, Failure.from(thrown).reason());
    }
}

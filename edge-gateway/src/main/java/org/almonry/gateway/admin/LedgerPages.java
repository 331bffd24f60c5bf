package org.almonry.gateway.admin;

import io.helidon.webserver.http.HttpRouting;

import org.almonry.gateway.Answer;
import org.almonry.gateway.Choice;
import org.almonry.gateway.Desk;
import org.almonry.gateway.FormState;
import org.almonry.gateway.Visit;
import org.almonry.ledger.v1.GetMetadataRequest;
import org.almonry.ledger.v1.GetProcessRequest;
import org.almonry.ledger.v1.GetTransactionRequest;
import org.almonry.ledger.v1.ListCoinsRequest;
import org.almonry.ledger.v1.ListProcessesRequest;
import org.almonry.ledger.v1.VerifyLedgerRequest;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The ledger explorer: all coins, processes with all that happened under them, transactions
/// with both legs. Every id is a permalink. Nothing here writes.
public final class LedgerPages {

    /// Kinds of processes that somebody asks for.
    static final List<String> REQUESTED = List.of(
            "CLIENT_ISSUE",
            "CLIENT_TRANSFER",
            "REDEEM",
            "BANK_TOP_UP",
            "BANK_REDEEM",
            "CONTRACT_FEE",
            "REVERSAL");

    private static final List<String> KINDS = Stream.concat(
                    Stream.of("OPENING", "INCOMING", "BOOKING", "CORRECTION"), REQUESTED.stream())
            .toList();

    private LedgerPages() {}

    /// Adds the pages.
    public static void route(Desk desk, HttpRouting.Builder routes) {
        desk.get(routes, "/ledger", LedgerPages::coins);
        desk.post(routes, "/ledger/verify", "verify", LedgerPages::verify);
        desk.get(routes, "/processes", LedgerPages::processes);
        desk.get(routes, "/processes/{id}", LedgerPages::process);
        desk.get(routes, "/transactions/{id}", LedgerPages::transaction);
    }

    private static Answer coins(Visit visit) {
        String search = visit.query("search");
        // Whoever pastes an id wants that page.
        String link = visit.view().link(search);
        if (!link.isEmpty() && search.matches("[a-z]{2,4}_[0-9a-f]{1,40}")) {
            return Answer.seeOther(link);
        }
        var found = visit.core()
                .ledger()
                .listCoins(ListCoinsRequest.newBuilder()
                        .setSearch(search)
                        .setPage(visit.page())
                        .build());
        var filter = new FormState().with("search", search);
        return Answer.page(
                "admin/ledger",
                new CoinsPage(
                        filter, found.getCoinsList(), visit.next(found.getPage()), visit.first()));
    }

    private static Answer processes(Visit visit) {
        var found = visit.core()
                .ledger()
                .listProcesses(ListProcessesRequest.newBuilder()
                        .setKind(visit.query("kind"))
                        .setPage(visit.page())
                        .build());
        var kinds = new ArrayList<Choice>();
        kinds.add(new Choice("", visit.view().t("process.kind.all")));
        KINDS.forEach(kind -> kinds.add(new Choice(kind, visit.view().t("process.kind." + kind))));
        var filter = new FormState().with("kind", visit.query("kind"));
        return Answer.page(
                "admin/processes",
                new ProcessesPage(
                        filter,
                        kinds,
                        found.getProcessesList(),
                        visit.next(found.getPage()),
                        visit.first()));
    }

    private static Answer process(Visit visit) {
        var found = visit.core()
                .ledger()
                .getProcess(GetProcessRequest.newBuilder()
                        .setProcessId(visit.path("id"))
                        .build());
        return Answer.page("admin/process", new ProcessPage(visit.view(), found));
    }

    private static Answer transaction(Visit visit) {
        String id = visit.path("id");
        var ledger = visit.core().ledger();
        var found = ledger.getTransaction(
                GetTransactionRequest.newBuilder().setTransactionId(id).build());
        var notes = ledger.getMetadata(
                GetMetadataRequest.newBuilder().setTargetId(id).build());
        return Answer.page(
                "admin/transaction",
                new TransactionPage(found.getTransaction(), notes.getItemsList()));
    }

    /// A form although it changes nothing: it reads the whole ledger, and links are
    /// followed by machines.
    private static Answer verify(Visit visit) {
        var found = visit.core().ledger().verifyLedger(VerifyLedgerRequest.getDefaultInstance());
        return Answer.page("admin/verify", found);
    }
}

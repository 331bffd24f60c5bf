package org.almonry.process;

import static java.util.Objects.requireNonNull;

import org.almonry.audit.AuditLog;
import org.almonry.error.v1.Reason;
import org.almonry.events.Outbox;
import org.almonry.ledger.read.LedgerReads;
import org.almonry.ledger.read.Transaction;
import org.almonry.ledger.rpc.LedgerCodec;
import org.almonry.ledger.rpc.ProcessesRpc;
import org.almonry.ledger.v1.GetProcessResponse;
import org.almonry.ledger.v1.ListProcessesRequest;
import org.almonry.ledger.v1.ListProcessesResponse;
import org.almonry.type.v1.PageInfo;
import org.almonry.wire.Failure;

import java.util.List;
import java.util.stream.Stream;

/// What the services of the ledger tell of processes (K-006: history shows the process, not
/// its parts).
public final class ProcessViewRpc implements ProcessesRpc {
    /// Rows of a page when the caller does not say.
    private static final int SIZE = 50;

    private final LedgerReads reads;
    private final BusinessProcesses processes;
    private final Timeline timeline;

    public ProcessViewRpc(
            LedgerReads reads, BusinessProcesses processes, Outbox outbox, AuditLog audit) {
        this.reads = requireNonNull(reads, "reads is null");
        this.processes = requireNonNull(processes, "processes is null");
        this.timeline = new Timeline(processes, outbox, audit);
    }

    @Override
    public GetProcessResponse get(String processId) {
        var process = processes
                .find(processId)
                .orElseThrow(() ->
                        new Failure(Reason.NOT_FOUND, "There is no such thing in the ledger."));
        var transactions = reads.transactionsOf(process.id());
        var coins = reads.coins(ids(transactions));
        var issuers = reads.issuersById();
        var response = GetProcessResponse.newBuilder().setProcess(ProcessCodec.process(process));
        for (var each : transactions) {
            response.addTransactions(LedgerCodec.transaction(
                    each,
                    requireNonNull(coins.get(each.source())),
                    coins.get(each.destination()),
                    issuers));
        }
        timeline.of(process, transactions, coins)
                .forEach(each -> response.addTimeline(ProcessCodec.item(each)));
        processes
                .related(process.id())
                .forEach(each -> response.addRelated(ProcessCodec.process(each)));
        return response.build();
    }

    @Override
    public ListProcessesResponse list(ListProcessesRequest request) {
        int size = request.getPage().getSize() == 0 ? SIZE : request.getPage().getSize();
        var token = request.getPage().getToken();
        var before = token.isEmpty() ? BusinessProcesses.NEWEST : token;
        var rows = processes.page(request.getKind(), before, size);
        var response = ListProcessesResponse.newBuilder();
        rows.forEach(each -> response.addProcesses(ProcessCodec.process(each)));
        if (rows.size() == size) {
            response.setPage(PageInfo.newBuilder().setNextToken(rows.getLast().id()));
        }
        return response.build();
    }

    @Override
    public List<String> about(String subject) {
        return processes.bySubject(subject).stream().map(BusinessProcess::id).toList();
    }

    private static List<Long> ids(List<Transaction> transactions) {
        return transactions.stream()
                .flatMap(each -> Stream.of(each.source(), each.destination()))
                .distinct()
                .toList();
    }
}

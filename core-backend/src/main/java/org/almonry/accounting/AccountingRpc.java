package org.almonry.accounting;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

import org.almonry.accounting.v1.AccountingServiceGrpc.AccountingServiceImplBase;
import org.almonry.accounting.v1.AddRateRequest;
import org.almonry.accounting.v1.AddRateResponse;
import org.almonry.accounting.v1.BookIncomingRequest;
import org.almonry.accounting.v1.BookIncomingResponse;
import org.almonry.accounting.v1.ConfirmImportRequest;
import org.almonry.accounting.v1.ConfirmImportResponse;
import org.almonry.accounting.v1.DayReceived;
import org.almonry.accounting.v1.ExportEntriesRequest;
import org.almonry.accounting.v1.ExportEntriesResponse;
import org.almonry.accounting.v1.GetIncomingRequest;
import org.almonry.accounting.v1.GetIncomingResponse;
import org.almonry.accounting.v1.GetOverviewRequest;
import org.almonry.accounting.v1.GetOverviewResponse;
import org.almonry.accounting.v1.IgnoreIncomingRequest;
import org.almonry.accounting.v1.IgnoreIncomingResponse;
import org.almonry.accounting.v1.IncomingRef;
import org.almonry.accounting.v1.ListFetchRunsRequest;
import org.almonry.accounting.v1.ListFetchRunsResponse;
import org.almonry.accounting.v1.ListIncomingRequest;
import org.almonry.accounting.v1.ListIncomingResponse;
import org.almonry.accounting.v1.ListProvidersRequest;
import org.almonry.accounting.v1.ListProvidersResponse;
import org.almonry.accounting.v1.ListRatesRequest;
import org.almonry.accounting.v1.ListRatesResponse;
import org.almonry.accounting.v1.StartFetchRequest;
import org.almonry.accounting.v1.StartFetchResponse;
import org.almonry.accounting.v1.UndoIncomingRequest;
import org.almonry.accounting.v1.UndoIncomingResponse;
import org.almonry.accounting.v1.UploadStatementRequest;
import org.almonry.accounting.v1.UploadStatementResponse;
import org.almonry.accounting.v1.WatchFetchRequest;
import org.almonry.accounting.v1.WatchFetchResponse;
import org.almonry.idempotency.Request;
import org.almonry.type.v1.PageInfo;
import org.almonry.type.v1.PageRequest;
import org.almonry.wire.Caller;
import org.almonry.wire.ChunkStream;
import org.almonry.wire.MoneyCodec;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntSupplier;

/// almonry.accounting.v1.AccountingService: fetching, importing, and the accounting
/// process.
public final class AccountingRpc extends AccountingServiceImplBase {
    private static final int PAGE_DEFAULT = 50;

    private final Accounting accounting;
    private final Fetcher fetcher;
    private final Uploads uploads;
    private final Overview overview;
    private final Reconciliation reconciliation;
    private final IntSupplier certificateDays;

    /// @param certificateDays days until the core's own certificate ends
    public AccountingRpc(
            Accounting accounting,
            Fetcher fetcher,
            Uploads uploads,
            Overview overview,
            Reconciliation reconciliation,
            IntSupplier certificateDays) {
        this.accounting = requireNonNull(accounting, "accounting is null");
        this.fetcher = requireNonNull(fetcher, "fetcher is null");
        this.uploads = requireNonNull(uploads, "uploads is null");
        this.overview = requireNonNull(overview, "overview is null");
        this.reconciliation = requireNonNull(reconciliation, "reconciliation is null");
        this.certificateDays = requireNonNull(certificateDays, "certificateDays is null");
    }

    @Override
    public void listProviders(
            ListProvidersRequest request, StreamObserver<ListProvidersResponse> answer) {
        var accounts = reconciliation.accounts();
        var response = ListProvidersResponse.newBuilder();
        fetcher.standings()
                .forEach(each -> response.addProviders(FetchCodec.encode(each, accounts)));
        send(answer, response.build());
    }

    @Override
    public void startFetch(StartFetchRequest request, StreamObserver<StartFetchResponse> answer) {
        decide(
                request("StartFetch", request.getIdempotencyKey(), request),
                StartFetchResponse.parser(),
                answer,
                operation -> {
                    var runs = StartFetchResponse.newBuilder();
                    fetcher.start(request.getProvider(), FetchRun.Trigger.PERSON)
                            .forEach(run -> runs.addRuns(FetchCodec.encode(run)));
                    return runs.build();
                });
    }

    @Override
    public void watchFetch(WatchFetchRequest request, StreamObserver<WatchFetchResponse> answer) {
        var watcher = (ServerCallStreamObserver<WatchFetchResponse>) answer;
        fetcher.watch(
                request.getRunId(),
                run -> watcher.onNext(WatchFetchResponse.newBuilder()
                        .setRun(FetchCodec.encode(run))
                        .build()),
                watcher::isCancelled);
        if (!watcher.isCancelled()) {
            watcher.onCompleted();
        }
    }

    @Override
    public void listFetchRuns(
            ListFetchRunsRequest request, StreamObserver<ListFetchRunsResponse> answer) {
        int size = size(request.getPage());
        // A full page that happens to be the last is followed by an empty one.
        var runs = fetcher.runs(request.getProvider(), request.getPage().getToken(), size);
        var response = ListFetchRunsResponse.newBuilder();
        runs.forEach(run -> response.addRuns(FetchCodec.encode(run)));
        if (runs.size() == size) {
            response.setPage(PageInfo.newBuilder().setNextToken(runs.getLast().id()));
        }
        send(answer, response.build());
    }

    @Override
    public StreamObserver<UploadStatementRequest> uploadStatement(
            StreamObserver<UploadStatementResponse> answer) {
        return new UploadRpc(uploads, accounting.idempotency(), answer);
    }

    @Override
    public void confirmImport(
            ConfirmImportRequest request, StreamObserver<ConfirmImportResponse> answer) {
        decide(
                request("ConfirmImport", request.getIdempotencyKey(), request),
                ConfirmImportResponse.parser(),
                answer,
                operation -> {
                    var report = uploads.confirm(request.getUploadId());
                    var response = ConfirmImportResponse.newBuilder()
                            .setAdded(report.counts().added())
                            .setDuplicates(report.counts().duplicates())
                            .setBooked(report.counts().booked());
                    report.statements()
                            .forEach(each -> response.addStatements(FetchCodec.encode(each)));
                    return response.build();
                });
    }

    @Override
    public void getOverview(
            GetOverviewRequest request, StreamObserver<GetOverviewResponse> answer) {
        var figures = overview.figures();
        var waiting = accounting.inbox().waiting();
        Map<String, String> providers = reconciliation.accounts().stream()
                .collect(toMap(
                        each -> each.account().id(), each -> each.account().provider()));
        var response = GetOverviewResponse.newBuilder()
                .setWaiting(waiting.count())
                .setOldestWaiting(waiting.oldest())
                .setFailedRuns(figures.failedRuns())
                .setCertificateDays(certificateDays.getAsInt());
        figures.receivedToday()
                .forEach(money -> response.addReceivedToday(MoneyCodec.toProto(money)));
        figures.drifting().forEach(each -> response.addDrifting(FetchCodec.account(each)));
        figures.days()
                .forEach(day -> response.addDays(DayReceived.newBuilder()
                        .setDate(day.date().toString())
                        .setAccountId(day.accountId())
                        .setProvider(providers.getOrDefault(day.accountId(), ""))
                        .setAmount(MoneyCodec.toProto(day.amount()))
                        .setCount(day.credits())));
        send(answer, response.build());
    }

    @Override
    public void listIncoming(
            ListIncomingRequest request, StreamObserver<ListIncomingResponse> answer) {
        var page = accounting
                .inbox()
                .page(new Inbox.Filter(
                        AccountingCodec.stateText(request.getState()),
                        request.getAccountId(),
                        request.getSearch().strip(),
                        request.getPage().getToken(),
                        size(request.getPage())));
        var response = ListIncomingResponse.newBuilder()
                .setPage(PageInfo.newBuilder().setNextToken(page.next()))
                .setWaiting(page.waiting());
        page.views()
                .forEach(view ->
                        response.addIncoming(AccountingCodec.encode(view, page.directory())));
        send(answer, response.build());
    }

    @Override
    public void getIncoming(
            GetIncomingRequest request, StreamObserver<GetIncomingResponse> answer) {
        var page = accounting.inbox().get(request.getIncomingId());
        send(
                answer,
                GetIncomingResponse.newBuilder()
                        .setIncoming(
                                AccountingCodec.encode(page.views().getFirst(), page.directory()))
                        .build());
    }

    @Override
    public void bookIncoming(
            BookIncomingRequest request, StreamObserver<BookIncomingResponse> answer) {
        decide(
                request("BookIncoming", request.getIdempotencyKey(), request),
                BookIncomingResponse.parser(),
                answer,
                operation -> {
                    var seen = request.getIncomingList().stream()
                            .map(AccountingRpc::seen)
                            .toList();
                    String process = accounting
                            .decisions()
                            .book(
                                    by(operation, request.getNote()),
                                    seen,
                                    AccountingCodec.parts(request.getAllocationsList()),
                                    request.getPledgeId());
                    var ids = seen.stream().map(Decisions.Seen::incomingId).toList();
                    return BookIncomingResponse.newBuilder()
                            .setProcessId(process)
                            .addAllIncoming(after(ids))
                            .build();
                });
    }

    @Override
    public void ignoreIncoming(
            IgnoreIncomingRequest request, StreamObserver<IgnoreIncomingResponse> answer) {
        decide(
                request("IgnoreIncoming", request.getIdempotencyKey(), request),
                IgnoreIncomingResponse.parser(),
                answer,
                operation -> {
                    var seen = seen(request.getIncoming());
                    accounting.decisions().ignore(by(operation, request.getReason()), seen);
                    return IgnoreIncomingResponse.newBuilder()
                            .setIncoming(after(List.of(seen.incomingId())).getFirst())
                            .build();
                });
    }

    @Override
    public void undoIncoming(
            UndoIncomingRequest request, StreamObserver<UndoIncomingResponse> answer) {
        decide(
                request("UndoIncoming", request.getIdempotencyKey(), request),
                UndoIncomingResponse.parser(),
                answer,
                operation -> {
                    var seen = seen(request.getIncoming());
                    String process =
                            accounting.decisions().undo(by(operation, request.getReason()), seen);
                    return UndoIncomingResponse.newBuilder()
                            .setProcessId(process)
                            .setIncoming(after(List.of(seen.incomingId())).getFirst())
                            .build();
                });
    }

    @Override
    public void exportEntries(
            ExportEntriesRequest request, StreamObserver<ExportEntriesResponse> answer) {
        var out = new ChunkStream<>(
                answer,
                chunk -> ExportEntriesResponse.newBuilder().setChunk(chunk).build());
        if (request.getFromDate().isEmpty() && request.getToDate().isEmpty()) {
            accounting.export().download(out, Caller.current().actor());
        } else {
            accounting
                    .export()
                    .download(
                            out,
                            AccountingCodec.date("from_date", request.getFromDate()),
                            AccountingCodec.date("to_date", request.getToDate()));
        }
        answer.onCompleted();
    }

    @Override
    public void listRates(ListRatesRequest request, StreamObserver<ListRatesResponse> answer) {
        var response = ListRatesResponse.newBuilder();
        accounting
                .rates()
                .newest()
                .forEach(rate -> response.addRates(AccountingCodec.encode(rate)));
        send(answer, response.build());
    }

    @Override
    public void addRate(AddRateRequest request, StreamObserver<AddRateResponse> answer) {
        decide(
                request("AddRate", request.getIdempotencyKey(), request),
                AddRateResponse.parser(),
                answer,
                operation -> AddRateResponse.newBuilder()
                        .setRate(AccountingCodec.encode(accounting
                                .rates()
                                .add(
                                        AccountingCodec.decode(request.getRate()),
                                        Caller.current().actor())))
                        .build());
    }

    /// The lines as they stand after a decision.
    private List<org.almonry.accounting.v1.Incoming> after(List<String> ids) {
        var page = accounting.inbox().some(ids);
        return page.views().stream()
                .map(view -> AccountingCodec.encode(view, page.directory()))
                .toList();
    }

    /// The ledger commits by itself: the key is stored first, with the operation's id.
    private <A extends MessageLite> void decide(
            Request request, Parser<A> parser, StreamObserver<A> answer, Function<String, A> work) {
        send(answer, accounting.idempotency().resumable(request, parser, work));
    }

    private static int size(PageRequest page) {
        return page.getSize() == 0 ? PAGE_DEFAULT : page.getSize();
    }

    private static Decisions.By by(String operation, String why) {
        return new Decisions.By(Caller.current(), operation, why);
    }

    private static Decisions.Seen seen(IncomingRef ref) {
        return new Decisions.Seen(ref.getIncomingId(), ref.getVersion());
    }

    private static Request request(String method, String key, MessageLite message) {
        return Request.of(Caller.current().actor(), method, key, message);
    }

    private static <A> void send(StreamObserver<A> answer, A message) {
        answer.onNext(message);
        answer.onCompleted();
    }
}

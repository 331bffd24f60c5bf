package org.almonry.gateway.testing;

import static org.almonry.gateway.testing.Money.eur;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;

import io.grpc.stub.StreamObserver;

import org.almonry.accounting.v1.AccountingServiceGrpc.AccountingServiceImplBase;
import org.almonry.accounting.v1.AddRateRequest;
import org.almonry.accounting.v1.AddRateResponse;
import org.almonry.accounting.v1.BookIncomingRequest;
import org.almonry.accounting.v1.BookIncomingResponse;
import org.almonry.accounting.v1.ConfirmImportRequest;
import org.almonry.accounting.v1.ConfirmImportResponse;
import org.almonry.accounting.v1.DayReceived;
import org.almonry.accounting.v1.ExchangeRate;
import org.almonry.accounting.v1.ExportEntriesRequest;
import org.almonry.accounting.v1.ExportEntriesResponse;
import org.almonry.accounting.v1.FetchRun;
import org.almonry.accounting.v1.FetchState;
import org.almonry.accounting.v1.GetIncomingRequest;
import org.almonry.accounting.v1.GetIncomingResponse;
import org.almonry.accounting.v1.GetOverviewRequest;
import org.almonry.accounting.v1.GetOverviewResponse;
import org.almonry.accounting.v1.IgnoreIncomingRequest;
import org.almonry.accounting.v1.IgnoreIncomingResponse;
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
import org.almonry.error.v1.Reason;
import org.almonry.wire.Failure;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/// An accounting service whose answers are [Samples]; it remembers what it was asked to do.
public final class FakeAccounting extends AccountingServiceImplBase {

    private static final Timestamp AT =
            Timestamp.newBuilder().setSeconds(1_795_000_000).build();

    /// Requests that change something, in order.
    public final List<Object> requests = new CopyOnWriteArrayList<>();

    /// Standings that [#watchFetch] sends after the first.
    public final BlockingQueue<FetchRun> standings = new LinkedBlockingQueue<>();

    /// Sizes of the chunks of the last upload.
    public final List<Integer> chunks = new CopyOnWriteArrayList<>();

    @Override
    public void getOverview(GetOverviewRequest request, StreamObserver<GetOverviewResponse> out) {
        var figures = GetOverviewResponse.newBuilder()
                .addReceivedToday(eur(12_550))
                .addReceivedToday(Money.usd(4000))
                .setWaiting(7)
                .setOldestWaiting("2026-11-02")
                .setCertificateDays(6);
        for (int day = 1; day <= 20; day++) {
            figures.addDays(DayReceived.newBuilder()
                    .setDate("2026-11-%02d".formatted(day))
                    .setAccountId("acc_1")
                    .setProvider(day % 3 == 0 ? "bank" : "demo-bank")
                    .setAmount(eur(1000L * day))
                    .setCount(day));
        }
        answer(out, figures.build());
    }

    @Override
    public void listProviders(
            ListProvidersRequest request, StreamObserver<ListProvidersResponse> out) {
        answer(
                out,
                ListProvidersResponse.newBuilder()
                        .addAllProviders(Samples.providers())
                        .build());
    }

    @Override
    public void startFetch(StartFetchRequest request, StreamObserver<StartFetchResponse> out) {
        requests.add(request);
        var answer = StartFetchResponse.newBuilder()
                .addRuns(Samples.run(FetchState.FETCH_STATE_RUNNING));
        if (request.getProvider().isEmpty()) {
            answer.addRuns(
                    Samples.run(FetchState.FETCH_STATE_QUEUED).toBuilder().setId("run_02"));
        }
        answer(out, answer.build());
    }

    @Override
    public void watchFetch(WatchFetchRequest request, StreamObserver<WatchFetchResponse> out) {
        var first = Samples.run(
                request.getRunId().equals("run_done")
                        ? FetchState.FETCH_STATE_FAILED
                        : FetchState.FETCH_STATE_RUNNING);
        if (!request.getRunId().startsWith("run_")) {
            throw new Failure(Reason.NOT_FOUND, "There is no such run.");
        }
        out.onNext(WatchFetchResponse.newBuilder().setRun(first).build());
        if (first.getState() == FetchState.FETCH_STATE_RUNNING) {
            FetchRun next = standings.poll();
            while (next != null) {
                out.onNext(WatchFetchResponse.newBuilder().setRun(next).build());
                next = standings.poll();
            }
        }
        out.onCompleted();
    }

    @Override
    public void listFetchRuns(
            ListFetchRunsRequest request, StreamObserver<ListFetchRunsResponse> out) {
        answer(
                out,
                ListFetchRunsResponse.newBuilder()
                        .addRuns(Samples.run(FetchState.FETCH_STATE_RUNNING))
                        .addRuns(Samples.run(FetchState.FETCH_STATE_FAILED))
                        .build());
    }

    @Override
    public StreamObserver<UploadStatementRequest> uploadStatement(
            StreamObserver<UploadStatementResponse> out) {
        chunks.clear();
        return new StreamObserver<>() {
            private ByteString start = ByteString.EMPTY;

            @Override
            public void onNext(UploadStatementRequest part) {
                if (part.hasHeader()) {
                    requests.add(part.getHeader());
                    return;
                }
                start = chunks.isEmpty() ? part.getChunk() : start;
                chunks.add(part.getChunk().size());
            }

            @Override
            public void onError(Throwable thrown) {
                chunks.clear();
            }

            @Override
            public void onCompleted() {
                boolean broken = start.startsWith(ByteString.copyFromUtf8("broken"));
                answer(out, broken ? Samples.refused() : Samples.preview());
            }
        };
    }

    @Override
    public void confirmImport(
            ConfirmImportRequest request, StreamObserver<ConfirmImportResponse> out) {
        requests.add(request);
        answer(
                out,
                ConfirmImportResponse.newBuilder()
                        .addStatements(
                                Samples.statement().toBuilder().setAdded(3).setDuplicates(1))
                        .setAdded(3)
                        .setDuplicates(1)
                        .setBooked(2)
                        .build());
    }

    @Override
    public void listIncoming(
            ListIncomingRequest request, StreamObserver<ListIncomingResponse> out) {
        answer(
                out,
                ListIncomingResponse.newBuilder()
                        .addAllIncoming(Samples.lines())
                        .setWaiting(2)
                        .build());
    }

    @Override
    public void getIncoming(GetIncomingRequest request, StreamObserver<GetIncomingResponse> out) {
        answer(
                out,
                GetIncomingResponse.newBuilder()
                        .setIncoming(Samples.line(request.getIncomingId()))
                        .build());
    }

    @Override
    public void bookIncoming(
            BookIncomingRequest request, StreamObserver<BookIncomingResponse> out) {
        if (request.getIncoming(0).getVersion() != Samples.VERSION) {
            throw new Failure(Reason.STALE, "The line changed meanwhile.");
        }
        requests.add(request);
        answer(out, BookIncomingResponse.newBuilder().setProcessId("prc_0197").build());
    }

    @Override
    public void ignoreIncoming(
            IgnoreIncomingRequest request, StreamObserver<IgnoreIncomingResponse> out) {
        requests.add(request);
        answer(out, IgnoreIncomingResponse.getDefaultInstance());
    }

    @Override
    public void undoIncoming(
            UndoIncomingRequest request, StreamObserver<UndoIncomingResponse> out) {
        requests.add(request);
        answer(out, UndoIncomingResponse.getDefaultInstance());
    }

    @Override
    public void exportEntries(
            ExportEntriesRequest request, StreamObserver<ExportEntriesResponse> out) {
        requests.add(request);
        for (String line : List.of("date,amount\r\n", "2026-11-20,25.00\r\n")) {
            out.onNext(ExportEntriesResponse.newBuilder()
                    .setChunk(ByteString.copyFromUtf8(line))
                    .build());
        }
        out.onCompleted();
    }

    @Override
    public void listRates(ListRatesRequest request, StreamObserver<ListRatesResponse> out) {
        answer(
                out,
                ListRatesResponse.newBuilder()
                        .addRates(ExchangeRate.newBuilder()
                                .setBase("EUR")
                                .setQuote("USD")
                                .setRate("1.1300")
                                .setSource("ECB")
                                .setDate("2026-11-20"))
                        .build());
    }

    @Override
    public void addRate(AddRateRequest request, StreamObserver<AddRateResponse> out) {
        requests.add(request);
        answer(out, AddRateResponse.newBuilder().setRate(request.getRate()).build());
    }

    private static <T> void answer(StreamObserver<T> out, T message) {
        out.onNext(message);
        out.onCompleted();
    }

    static Timestamp at() {
        return AT;
    }
}

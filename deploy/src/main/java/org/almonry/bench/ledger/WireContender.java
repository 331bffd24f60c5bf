package org.almonry.bench.ledger;

import org.almonry.ledger.v1.LedgerServiceGrpc;
import org.almonry.ledger.v1.PostBatchRequest;
import org.almonry.ledger.v1.PostRequest;
import org.almonry.ledger.v1.Posting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The same engine over mutual-TLS gRPC, one of its three ways to post. Server and client
/// are in this process, on the cores that the engine has.
final class WireContender implements Contender {

    static final String POST = "Post";
    static final String BATCH = "PostBatch";
    static final String STREAM = "PostStream";

    /// Eight calls or messages of so many postings make 4,096 in flight.
    static final int UNDER_WAY = 8;

    static final int POSTINGS = Cell.MANY / UNDER_WAY;

    private static final Duration WARM_UP = Duration.ofSeconds(3);

    private final String name;
    private final String about;
    private final WirePath path;
    private final List<Cell> cells;

    private WireContender(String name, String about, WirePath path, List<Cell> cells) {
        this.name = name;
        this.about = about;
        this.path = path;
        this.cells = cells;
    }

    static List<Contender> all(WirePath path) {
        var full = List.of(Cell.uniform(Cell.MANY), Cell.hot(Cell.MANY));
        return List.of(
                new WireContender(
                        POST,
                        "the engine by `LedgerService.Post` over mutual-TLS gRPC, one transfer per call, "
                                + "each with its audit row",
                        path,
                        List.of(Cell.uniform(64), Cell.hot(64), Cell.uniform(256), Cell.hot(256))),
                new WireContender(
                        BATCH,
                        "the same by `PostBatch`, %d callers with %d transfers each; a latency is that of a call"
                                .formatted(UNDER_WAY, POSTINGS),
                        path,
                        full),
                new WireContender(
                        STREAM,
                        "the same by one `PostStream`, %d messages of %d transfers under way; a latency is of a message"
                                .formatted(UNDER_WAY, POSTINGS),
                        path,
                        full));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String about() {
        return about;
    }

    @Override
    public Tables tables() {
        return new Tables(Books.DATABASE, Books.SCHEMA);
    }

    @Override
    public List<Cell> cells() {
        return cells;
    }

    @Override
    public void prepare() throws InterruptedException {
        path.start();
        run(cells.getFirst(), WARM_UP);
    }

    @Override
    public Run run(Cell cell, Duration window) throws InterruptedException {
        var stub = LedgerServiceGrpc.newBlockingStub(path.channel());
        return switch (name) {
            case POST ->
                ClosedLoop.run(cell.clients(), window, () -> {
                    var request = PostRequest.newBuilder().setPosting(path.transfer(cell.load()));
                    WirePath.requirePosted(List.of(stub.post(request.build()).getResult()));
                    return 1;
                });
            case BATCH ->
                ClosedLoop.run(UNDER_WAY, window, () -> {
                    var request = PostBatchRequest.newBuilder()
                            .addAllPostings(postings(path, cell.load()));
                    WirePath.requirePosted(stub.postBatch(request.build()).getResultsList());
                    return POSTINGS;
                });
            default -> new WireStream(path, cell.load()).run(window);
        };
    }

    static List<Posting> postings(WirePath path, Load load) {
        var postings = new ArrayList<Posting>(POSTINGS);
        for (int i = 0; i < POSTINGS; i++) {
            postings.add(path.transfer(load));
        }
        return postings;
    }
}

import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.StreamObserver;
import java.io.File;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.almonry.ledger.v1.Authorization;
import org.almonry.ledger.v1.Capture;
import org.almonry.ledger.v1.CoinKind;
import org.almonry.ledger.v1.DateBasis;
import org.almonry.ledger.v1.GetBalanceRequest;
import org.almonry.ledger.v1.LedgerReaderServiceGrpc;
import org.almonry.ledger.v1.LedgerServiceGrpc;
import org.almonry.ledger.v1.ListEntriesRequest;
import org.almonry.ledger.v1.Move;
import org.almonry.ledger.v1.OpenCoinRequest;
import org.almonry.ledger.v1.OpenIssuerRequest;
import org.almonry.ledger.v1.Operation;
import org.almonry.ledger.v1.PostRequest;
import org.almonry.ledger.v1.PostStreamRequest;
import org.almonry.ledger.v1.PostStreamResponse;
import org.almonry.ledger.v1.Posting;
import org.almonry.ledger.v1.PostingResult;
import org.almonry.type.v1.Money;

/// A client of the ledger: java LedgerExample.java HOST:PORT SERVER-NAME TRUST CERTIFICATE KEY
/// READER-CERTIFICATE READER-KEY
///
/// The first certificate is of the identity ledger/writer, which posts and may read too; the
/// second one, of ledger/reader, is what a program that only reads should have.
public final class LedgerExample {
    private static final String DAY = "2026-03-01";
    private static final int TRIES = 5;

    private final ManagedChannel channel;
    private final LedgerServiceGrpc.LedgerServiceBlockingStub ledger;
    private final ManagedChannel readerChannel;
    private final LedgerReaderServiceGrpc.LedgerReaderServiceBlockingStub reader;

    private LedgerExample(ManagedChannel channel, ManagedChannel readerChannel) {
        this.channel = channel;
        ledger = LedgerServiceGrpc.newBlockingStub(channel);
        this.readerChannel = readerChannel;
        reader = LedgerReaderServiceGrpc.newBlockingStub(readerChannel);
    }

    public static void main(String[] args) throws Exception {
        var trust = new File(args[2]);
        var example = new LedgerExample(
                channel(args[0], args[1], trust, new File(args[3]), new File(args[4])),
                channel(args[0], args[1], trust, new File(args[5]), new File(args[6])));
        try {
            example.run();
        } finally {
            example.channel.shutdown().awaitTermination(5, TimeUnit.SECONDS);
            example.readerChannel.shutdown().awaitTermination(5, TimeUnit.SECONDS);
        }
    }

    private static ManagedChannel channel(
            String address, String serverName, File trust, File certificate, File key)
            throws Exception {
        var credentials = TlsChannelCredentials.newBuilder()
                .keyManager(certificate, key)
                .trustManager(trust)
                .build();
        return Grpc.newChannelBuilder(address, credentials)
                .overrideAuthority(serverName)
                .build();
    }

    private void run() throws Exception {
        ledger.openIssuer(OpenIssuerRequest.newBuilder()
                .setIssuerKey("java-example")
                .setName("Java example")
                .build());
        var bank = coin(CoinKind.COIN_KIND_ISSUING, "bank");
        var ada = coin(CoinKind.COIN_KIND_MEMBER, "usr_ada");
        var shop = coin(CoinKind.COIN_KIND_MEMBER, "usr_shop");

        // Value comes into the books from an issuing coin. Under the same id this happens once.
        var top = posting(Operation.newBuilder().setIssue(move(bank, ada, 5_000)).build());
        System.out.println("top-up: " + post(top).getOutcomeCase());
        System.out.println("again:  " + post(top).getOutcomeCase());

        // A rejection is an outcome, with a reason to switch on and words to show.
        var tooMuch = post(posting(
                Operation.newBuilder().setTransfer(move(ada, shop, 9_999)).build()));
        System.out.println("too much: " + tooMuch.getRejected().getReason());

        // Reserve 20.00, take 12.50 of it; the rest is free again.
        var reserved = post(posting(Operation.newBuilder()
                .setAuthorize(Authorization.newBuilder()
                        .setSourceCoinId(ada)
                        .setDestinationCoinId(shop)
                        .setAmount(eur(2_000)))
                .build()));
        var hold = reserved.getPosted().getTransactionIds(0).replace("txn_", "hold_");
        var captured = post(posting(Operation.newBuilder()
                .setCapture(Capture.newBuilder().setHoldId(hold).setAmount(eur(1_250)))
                .build()));
        System.out.println("captured: " + captured.getPosted().getTransactionIds(0));

        // Who posts reads over the same channel, from the service for readers.
        var left = LedgerReaderServiceGrpc.newBlockingStub(channel)
                .getBalance(GetBalanceRequest.newBuilder().setCoinId(ada).build());
        System.out.println("a writer reads: " + left.getAvailable().getMinor() + " available");

        System.out.println("streamed: " + stream(ada, shop));

        var statement = reader.listEntries(ListEntriesRequest.newBuilder()
                .setCoinId(shop)
                .setBasis(DateBasis.DATE_BASIS_EFFECTIVE)
                .setFrom(DAY)
                .setTo(DAY)
                .build());
        for (var entry : statement.getEntriesList().subList(0, 3)) {
            System.out.println(entry.getEffectiveOn() + " " + entry.getType() + " "
                    + entry.getAmount().getMinor() + " -> " + entry.getBalanceAfter().getMinor());
        }
        var before = reader.getBalance(GetBalanceRequest.newBuilder()
                .setCoinId(shop)
                .setEffectiveOn("2026-02-28")
                .build());
        System.out.println("the day before: " + before.getBalance().getMinor());
        System.out.println("a reader that posts: " + readerThatPosts(top));
    }

    /// With a key that only reads no money is moved, whatever the program tries.
    private Status.Code readerThatPosts(Posting posting) {
        try {
            LedgerServiceGrpc.newBlockingStub(readerChannel)
                    .post(PostRequest.newBuilder().setPosting(posting).build());
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }

    /// Posts until there is an answer: the id makes it safe to ask again.
    private PostingResult post(Posting posting) throws InterruptedException {
        var request = PostRequest.newBuilder().setPosting(posting).build();
        for (int tries = 1; ; tries++) {
            try {
                return ledger.withDeadlineAfter(10, TimeUnit.SECONDS).post(request).getResult();
            } catch (StatusRuntimeException e) {
                var code = e.getStatus().getCode();
                boolean mayPass = code == Status.Code.UNAVAILABLE
                        || code == Status.Code.DEADLINE_EXCEEDED;
                if (!mayPass || tries == TRIES) {
                    throw e;
                }
                Thread.sleep(200L * tries);
            }
        }
    }

    /// A thousand transfers in four messages; each message is answered when it is durable.
    private int stream(String from, String to) throws InterruptedException {
        var posted = new AtomicInteger();
        var ended = new CountDownLatch(1);
        var out = LedgerServiceGrpc.newStub(channel)
                .withDeadlineAfter(60, TimeUnit.SECONDS)
                .postStream(new StreamObserver<>() {
                    @Override
                    public void onNext(PostStreamResponse answer) {
                        answer.getResultsList().stream()
                                .filter(PostingResult::hasPosted)
                                .forEach(each -> posted.incrementAndGet());
                    }

                    @Override
                    public void onError(Throwable thrown) {
                        ended.countDown();
                    }

                    @Override
                    public void onCompleted() {
                        ended.countDown();
                    }
                });
        for (int message = 0; message < 4; message++) {
            var batch = PostStreamRequest.newBuilder();
            for (int i = 0; i < 250; i++) {
                batch.addPostings(posting(
                        Operation.newBuilder().setTransfer(move(from, to, 1)).build()));
            }
            out.onNext(batch.build());
        }
        out.onCompleted();
        if (!ended.await(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the stream does not end");
        }
        return posted.get();
    }

    private String coin(CoinKind kind, String owner) {
        return ledger.openCoin(OpenCoinRequest.newBuilder()
                        .setIssuerKey("java-example")
                        .setCurrency("EUR")
                        .setKind(kind)
                        .setName(owner)
                        .setOwner(owner)
                        .build())
                .getCoin()
                .getId();
    }

    private static Posting posting(Operation operation) {
        return Posting.newBuilder()
                .setRequestId(requestId())
                .setEffectiveOn(DAY)
                .addOperations(operation)
                .build();
    }

    private static Move move(String from, String to, long minor) {
        return Move.newBuilder()
                .setSourceCoinId(from)
                .setDestinationCoinId(to)
                .setAmount(eur(minor))
                .build();
    }

    private static Money eur(long minor) {
        return Money.newBuilder().setCurrency("EUR").setMinor(minor).build();
    }

    /// A UUID of version 7 would keep the ledger's index compact; a random one is as good.
    private static String requestId() {
        var uuid = UUID.randomUUID();
        var hex = HexFormat.of();
        return "req_" + hex.toHexDigits(uuid.getMostSignificantBits())
                + hex.toHexDigits(uuid.getLeastSignificantBits());
    }
}

package org.almonry.bench.ledger;

import io.grpc.ManagedChannel;

import org.almonry.audit.AuditLog;
import org.almonry.certs.CertificateTool;
import org.almonry.ledger.metadata.Metadata;
import org.almonry.ledger.read.LedgerReads;
import org.almonry.ledger.rpc.LedgerRpc;
import org.almonry.ledger.v1.Move;
import org.almonry.ledger.v1.Operation;
import org.almonry.ledger.v1.Posting;
import org.almonry.ledger.v1.PostingResult;
import org.almonry.type.v1.Money;
import org.almonry.wire.Identity;
import org.almonry.wire.Ids;
import org.almonry.wire.WireClient;
import org.almonry.wire.WireServer;
import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/// The way of an internal process to the books: LedgerService behind a core's server, with
/// its rules and its audit, over mutual TLS on the loopback.
final class WirePath implements AutoCloseable {

    private static final String DOMAIN = "almonry.bench";
    private static final String SERVER_NAME = "core.almonry.bench";
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final Books books;
    private final Path folder;
    private @Nullable WireServer server;
    private @Nullable WireClient client;

    WirePath(Books books, Path folder) {
        this.books = books;
        this.folder = folder;
    }

    /// Listens, and connects; at the first call.
    void start() {
        if (server != null) {
            return;
        }
        books.start();
        var clock = Clock.systemUTC();
        var certificates = CertificateTool.init(folder.resolve("authority"), DOMAIN, clock);
        var out = folder.resolve("certificates");
        server = new WireServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                certificates.issue(Identity.CORE, List.of(SERVER_NAME), out),
                (token, identity) -> Optional.empty(),
                new AuditLog(books.databases().accounting(), clock),
                List.of(service(clock)),
                clock);
        server.start();
        client = new WireClient(
                BenchServer.LOOPBACK,
                server.port(),
                SERVER_NAME,
                certificates.issue(Identity.LEDGER_WRITER, List.of(), out),
                CONNECT_TIMEOUT);
    }

    private LedgerRpc service(Clock clock) {
        var accounting = books.databases().accounting();
        return new LedgerRpc(
                books.ledger(), new LedgerReads(accounting), new Metadata(accounting, clock));
    }

    ManagedChannel channel() {
        if (client == null) {
            throw new IllegalStateException("not connected");
        }
        return client.channel();
    }

    /// One transfer as the load has it.
    Posting transfer(Load load) {
        int payer = Load.payer();
        return Posting.newBuilder()
                .setRequestId(Ids.text("req", RequestIds.next()))
                .setEffectiveOn(LocalDate.now(ZoneOffset.UTC).toString())
                .addOperations(Operation.newBuilder()
                        .setTransfer(Move.newBuilder()
                                .setSourceCoinId("coin_" + books.coin(payer))
                                .setDestinationCoinId("coin_" + books.coin(load.payee(payer)))
                                .setAmount(Money.newBuilder().setCurrency("EUR").setMinor(1))))
                .build();
    }

    static void requirePosted(List<PostingResult> results) {
        for (var result : results) {
            if (!result.hasPosted()) {
                throw new IllegalStateException("not posted: " + result);
            }
        }
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
        if (server != null) {
            server.close();
        }
    }
}

package org.almonry.demo;

import org.almonry.accounting.v1.AccountingServiceGrpc;
import org.almonry.accounting.v1.FetchRun;
import org.almonry.accounting.v1.FetchState;
import org.almonry.accounting.v1.StartFetchRequest;
import org.almonry.accounting.v1.WatchFetchRequest;
import org.almonry.directory.v1.DirectoryServiceGrpc;
import org.almonry.identity.v1.BeginSignInRequest;
import org.almonry.identity.v1.RedeemLinkRequest;
import org.almonry.identity.v1.SignInServiceGrpc;
import org.almonry.ledger.v1.LedgerReadServiceGrpc;
import org.almonry.ledger.v1.VerifyLedgerRequest;
import org.almonry.ledger.v1.VerifyLedgerResponse;
import org.almonry.wire.TlsFiles;
import org.almonry.wire.WireClient;

import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Pattern;

/// A platform admin without a browser: speaks to the core as the admin gateway does, with
/// its certificate and a session that came from a mailed link.
public final class DemoAdmin implements AutoCloseable {

    private static final Pattern TOKEN = Pattern.compile("[?&]token=([A-Za-z0-9_-]+)");
    private static final Duration MAIL_PATIENCE = Duration.ofSeconds(60);

    private final WireClient client;
    private final String session;

    private DemoAdmin(WireClient client, String session) {
        this.client = client;
        this.session = session;
    }

    /// Signs in as the platform admin of a running demo. The core mails three links per
    /// address in a quarter of an hour, so keep what this returns.
    public static DemoAdmin signIn(DemoLayout layout) throws IOException, InterruptedException {
        var client = client(layout);
        var signIn = SignInServiceGrpc.newBlockingStub(client.channel());
        var mailbox = new Mailbox(layout);
        int before = mailbox.count();
        signIn.beginSignIn(
                BeginSignInRequest.newBuilder().setEmail(DemoLayout.ADMIN_EMAIL).build());
        var link = mailbox.awaitLink(DemoLayout.ADMIN_EMAIL, before, MAIL_PATIENCE);
        var token = TOKEN.matcher(link);
        if (!token.find()) {
            throw new IOException("the mail has no sign-in link: " + link);
        }
        var answer = signIn.redeemLink(
                RedeemLinkRequest.newBuilder().setToken(token.group(1)).build());
        if (!answer.hasSession()) {
            throw new IOException("the sign-in link was not taken");
        }
        return new DemoAdmin(client, answer.getSession().getToken());
    }

    /// Goes on with a session that a person got at the admin frontend.
    public static DemoAdmin withSession(DemoLayout layout, String token) {
        return new DemoAdmin(client(layout), token);
    }

    private static WireClient client(DemoLayout layout) {
        var files = new TlsFiles(
                layout.certificates().resolve("admin-admin.crt"),
                layout.certificates().resolve("admin-admin.key"),
                layout.certificates().resolve("trust.crt"));
        return new WireClient(
                DemoLayout.LOOPBACK, layout.corePort(), "localhost", files, Duration.ofSeconds(20));
    }

    /// The accounting service under this session.
    public AccountingServiceGrpc.AccountingServiceBlockingStub accounting() {
        return WireClient.withSession(
                AccountingServiceGrpc.newBlockingStub(client.channel()), session);
    }

    /// The directory under this session.
    public DirectoryServiceGrpc.DirectoryServiceBlockingStub directory() {
        return WireClient.withSession(
                DirectoryServiceGrpc.newBlockingStub(client.channel()), session);
    }

    /// The ledger under this session.
    public LedgerReadServiceGrpc.LedgerReadServiceBlockingStub ledger() {
        return WireClient.withSession(
                LedgerReadServiceGrpc.newBlockingStub(client.channel()), session);
    }

    /// Fetches from one provider and returns the run's last standing.
    public FetchRun fetch(String provider) {
        var started = accounting()
                .startFetch(StartFetchRequest.newBuilder()
                        .setIdempotencyKey(UUID.randomUUID().toString())
                        .setProvider(provider)
                        .build());
        var run = started.getRuns(0);
        var watch = accounting()
                .watchFetch(WatchFetchRequest.newBuilder().setRunId(run.getId()).build());
        while (watch.hasNext()) {
            run = watch.next().getRun();
            if (run.getState() == FetchState.FETCH_STATE_SUCCEEDED
                    || run.getState() == FetchState.FETCH_STATE_FAILED) {
                break;
            }
        }
        return run;
    }

    /// Recomputes the books.
    public VerifyLedgerResponse verifyLedger() {
        return ledger().verifyLedger(VerifyLedgerRequest.getDefaultInstance());
    }

    @Override
    public void close() {
        client.close();
    }
}

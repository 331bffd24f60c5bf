package org.almonry.gateway;

import io.grpc.ManagedChannel;
import io.grpc.stub.AbstractStub;

import org.almonry.accounting.v1.AccountingServiceGrpc;
import org.almonry.accounting.v1.ProjectServiceGrpc;
import org.almonry.audit.v1.AuditServiceGrpc;
import org.almonry.directory.v1.DirectoryServiceGrpc;
import org.almonry.identity.v1.SignInServiceGrpc;
import org.almonry.identity.v1.UserServiceGrpc;
import org.almonry.ledger.v1.LedgerCheckServiceGrpc;
import org.almonry.ledger.v1.LedgerPeriodServiceGrpc;
import org.almonry.ledger.v1.LedgerProofServiceGrpc;
import org.almonry.ledger.v1.LedgerReadServiceGrpc;
import org.almonry.process.v1.CommissionServiceGrpc;
import org.almonry.process.v1.RequestServiceGrpc;
import org.almonry.wire.WireClient;

import java.util.function.Function;

/// The core, as a gateway calls it: one typed stub per service, with the reader's session
/// beside each call. Deadlines come from the contract; nothing is tried twice here, a
/// person reloads a page, and a form carries its key.
public final class Backend implements AutoCloseable {

    private final WireClient client;

    Backend(GatewayConfig config) {
        this.client = config.core().open();
        // Connects now, so that the first reader does not wait for it.
        client.channel().getState(true);
    }

    /// Signing in, where there is no session yet.
    public SignInServiceGrpc.SignInServiceBlockingStub signIn() {
        return SignInServiceGrpc.newBlockingStub(client.channel());
    }

    /// The calls of one session.
    public Session session(String token) {
        return new Session(client.channel(), token);
    }

    @Override
    public void close() {
        client.close();
    }

    /// Stubs that say whose session it is.
    public static final class Session {

        private final ManagedChannel channel;
        private final String token;

        private Session(ManagedChannel channel, String token) {
            this.channel = channel;
            this.token = token;
        }

        /// Who it is, and the end of it.
        public SignInServiceGrpc.SignInServiceBlockingStub signIn() {
            return with(SignInServiceGrpc::newBlockingStub);
        }

        /// What members see.
        public ProjectServiceGrpc.ProjectServiceBlockingStub projects() {
            return with(ProjectServiceGrpc::newBlockingStub);
        }

        /// Fetching, inbox, import, export.
        public AccountingServiceGrpc.AccountingServiceBlockingStub accounting() {
            return with(AccountingServiceGrpc::newBlockingStub);
        }

        /// The same for streams.
        public AccountingServiceGrpc.AccountingServiceStub accountingStreams() {
            return with(AccountingServiceGrpc::newStub);
        }

        /// Nonprofits and projects.
        public DirectoryServiceGrpc.DirectoryServiceBlockingStub directory() {
            return with(DirectoryServiceGrpc::newBlockingStub);
        }

        /// Coins, transactions, processes.
        public LedgerReadServiceGrpc.LedgerReadServiceBlockingStub ledger() {
            return with(LedgerReadServiceGrpc::newBlockingStub);
        }

        /// The check of every minute, and the halt that it calls.
        public LedgerCheckServiceGrpc.LedgerCheckServiceBlockingStub ledgerCheck() {
            return with(LedgerCheckServiceGrpc::newBlockingStub);
        }

        /// Closing the books.
        public LedgerPeriodServiceGrpc.LedgerPeriodServiceBlockingStub ledgerPeriods() {
            return with(LedgerPeriodServiceGrpc::newBlockingStub);
        }

        /// Checkpoints and proofs.
        public LedgerProofServiceGrpc.LedgerProofServiceBlockingStub ledgerProof() {
            return with(LedgerProofServiceGrpc::newBlockingStub);
        }

        /// Requests and decisions.
        public RequestServiceGrpc.RequestServiceBlockingStub requests() {
            return with(RequestServiceGrpc::newBlockingStub);
        }

        /// Price lists, limits, contracts.
        public CommissionServiceGrpc.CommissionServiceBlockingStub commissions() {
            return with(CommissionServiceGrpc::newBlockingStub);
        }

        /// Audit log and mail.
        public AuditServiceGrpc.AuditServiceBlockingStub audit() {
            return with(AuditServiceGrpc::newBlockingStub);
        }

        /// People.
        public UserServiceGrpc.UserServiceBlockingStub users() {
            return with(UserServiceGrpc::newBlockingStub);
        }

        private <S extends AbstractStub<S>> S with(Function<ManagedChannel, S> stub) {
            return WireClient.withSession(stub.apply(channel), token);
        }
    }
}

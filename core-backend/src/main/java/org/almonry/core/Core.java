package org.almonry.core;

import io.grpc.BindableService;

import org.almonry.audit.AuditRpc;
import org.almonry.cli.SeedDemo;
import org.almonry.providers.NewAccount;
import org.almonry.wire.Caller;
import org.almonry.wire.WireServer;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/// The object graph of the core, built from the lowest layer up, and its life: build all,
/// take over the books, start the jobs, listen. Whoever is built later stops earlier.
public final class Core implements AutoCloseable {
    private final Foundation foundation;
    private final LedgerLayer ledger;
    private final PeopleLayer people;
    private final GivingLayer giving;
    private final ProcessLayer process;
    private final AccountingLayer accounting;
    private final ProofLayer proof;
    private final WireServer server;
    private final Management management;
    private volatile boolean isServing;

    private Core(CoreConfig config, Foundation foundation) {
        this.foundation = foundation;
        proof = new ProofLayer(config, foundation);
        ledger = new LedgerLayer(foundation, proof.state());
        people = new PeopleLayer(config, foundation);
        giving = new GivingLayer(config, foundation, people);
        process = new ProcessLayer(config, foundation, giving);
        accounting = new AccountingLayer(config, foundation, people, giving);
        // Everything has read its keys by now; what is left over is misspelt.
        config.acceptMigratorKeys();
        config.source().refuseUnknown();
        server = new WireServer(
                config.listen(),
                config.tls(),
                people.sessions,
                foundation.audit,
                services(),
                foundation.clock);
        if (!server.identity().equals(config.identity())) {
            throw config.source()
                    .refused(
                            "tls.certificate",
                            "is of " + server.identity().uri() + ", not of "
                                    + config.identity().uri());
        }
        management = new Management(
                config.managementPort(),
                this::isReady,
                foundation.databases,
                meters -> LedgerMeters.register(meters, ledger.selfCheck, foundation.clock));
    }

    /// Builds and starts all of it; when this returns, the core serves.
    public static Core start(CoreConfig config, Clock clock) {
        var databases = Databases.open(
                config.databases().accounting(), config.databases().identity());
        var foundation = new Foundation(databases, clock);
        try {
            foundation.start();
            var core = new Core(config, foundation);
            Caller.context(new Caller.System("start")).run(() -> {
                core.people.start();
                core.giving.start();
                core.accounting.start();
                if (config.isDemoWorld()) {
                    core.seedDemo(config);
                }
            });
            foundation.startJobs();
            core.server.start();
            core.isServing = true;
            return core;
        } catch (RuntimeException | Error e) {
            foundation.close();
            throw e;
        }
    }

    /// Reads all keys and secrets, as a start would: whether this configuration is complete
    /// and known.
    public static void check(CoreConfig config) {
        config.acceptMigratorKeys();
        // Databases connect when they are opened, all else when it is used; nothing is
        // opened here.
        PeopleLayer.check(config);
        GivingLayer.check(config);
        AccountingLayer.check(config);
        ProofLayer.check(config);
        config.source().refuseUnknown();
    }

    /// Waits until somebody closes the core.
    public void await() throws InterruptedException {
        server.await();
    }

    /// The port of the wire.
    public int port() {
        return server.port();
    }

    /// The port of liveness, readiness and metrics.
    public int managementPort() {
        return management.port();
    }

    @Override
    public void close() {
        isServing = false;
        management.close();
        server.close();
        accounting.close();
        foundation.close();
    }

    /// Fills the instance with the demo world, once more or for the first time.
    private void seedDemo(CoreConfig config) {
        var holder = NewAccount.configured(config.source()).stream()
                .map(NewAccount::holder)
                .findFirst()
                .orElse(config.hosterName());
        new SeedDemo(people.nonprofits, people.projects, people.memberships, people.users, holder)
                .run();
    }

    private boolean isReady() {
        return isServing && foundation.databases.areReady();
    }

    private List<BindableService> services() {
        var services = new ArrayList<BindableService>();
        services.addAll(ledger.services());
        services.add(new AuditRpc(foundation.audit, people::mailRows));
        services.addAll(proof.services());
        services.addAll(people.services());
        services.addAll(giving.services());
        services.addAll(process.services());
        services.addAll(accounting.services());
        return services;
    }
}

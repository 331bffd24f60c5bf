package org.almonry.core;

import io.grpc.BindableService;

import org.almonry.accounting.Accounting;
import org.almonry.accounting.AccountingRpc;
import org.almonry.accounting.Fetcher;
import org.almonry.accounting.Importer;
import org.almonry.accounting.Overview;
import org.almonry.accounting.Reconciliation;
import org.almonry.accounting.Uploads;
import org.almonry.giving.Giving;
import org.almonry.wire.Config;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;

/// What becomes of bank lines: fetching, importing, matching, booking, export.
final class AccountingLayer implements AutoCloseable {
    private final Fetcher fetcher;
    private final List<BindableService> services;

    AccountingLayer(CoreConfig config, Foundation base, PeopleLayer people, GivingLayer money) {
        var jdbi = base.databases.accounting();
        var accounting = new Accounting(
                new Accounting.Ground(
                        jdbi, base.ledger, money.accounts, base.audit, base.accountingIdempotency),
                new Giving.Directory(people.nonprofits, people.projects, people.codes),
                people.memberships,
                money.giving,
                new Accounting.Settings(
                        config.home(), config.zone(), money.secret, exportFolder(config.source())),
                base.ids,
                base.clock);
        accounting.subscribeTo(base.outbox);
        var importer = Importer.create(
                jdbi, money.accounts, base.ledger, accounting.newLines(), base.ids, base.clock);
        fetcher = new Fetcher(
                jdbi,
                money.providers,
                importer,
                base.outbox,
                base.ids,
                base.clock,
                new Fetcher.Settings(config.spool(), config.dailyFetch(), config.zone()));
        fetcher.registerWith(base.jobs);
        var uploads = new Uploads(jdbi, importer, config.spool(), base.ids, base.clock);
        uploads.registerWith(base.jobs);
        var reconciliation = new Reconciliation(jdbi, money.accounts, base.reads);
        var overview = new Overview(jdbi, reconciliation, base.clock, config.zone());
        services = List.of(
                new AccountingRpc(
                        accounting,
                        fetcher,
                        uploads,
                        overview,
                        reconciliation,
                        new CertificateDays(config.tls().certificate(), base.clock)),
                accounting.projectRpc());
    }

    /// Reads the keys of this layer, and no more.
    static void check(CoreConfig config) {
        exportFolder(config.source());
    }

    /// Repairs what the last end of the process cut off.
    void start() {
        fetcher.recover();
    }

    List<BindableService> services() {
        return services;
    }

    @Override
    public void close() {
        fetcher.close();
    }

    private static @Nullable Path exportFolder(Config keys) {
        return keys.has("export.folder") ? keys.path("export.folder") : null;
    }
}

package org.almonry.core;

import io.grpc.BindableService;

import org.almonry.giving.Giving;
import org.almonry.giving.GivingJobs;
import org.almonry.giving.PledgeBookings;
import org.almonry.giving.PledgeTokens;
import org.almonry.giving.Receiving;
import org.almonry.giving.Thanks;
import org.almonry.ledger.Ledger;
import org.almonry.providers.Accounts;
import org.almonry.providers.NewAccount;
import org.almonry.providers.Providers;
import org.almonry.widgets.WidgetRpc;
import org.almonry.wire.Secret;

import java.time.Clock;
import java.util.List;

/// Where money comes in: providers and their accounts, pledges, and the door for widgets.
final class GivingLayer {
    final Providers providers;
    final Accounts accounts;
    final Giving giving;

    /// The instance's own secret: tokens of pledges and ids of gifts follow from it.
    final Secret secret;

    private final List<NewAccount> configured;
    private final Ledger ledger;
    private final BindableService widgetRpc;

    GivingLayer(CoreConfig config, Foundation base, PeopleLayer people) {
        var keys = config.source();
        var accounting = base.databases.accounting();
        ledger = base.ledger;
        secret = keys.secret("giving.secret-file");
        configured = NewAccount.configured(keys);
        providers = Providers.configured(keys, base.clock);
        accounts = new Accounts(accounting, base.ledger, base.ids, base.clock);
        giving = Giving.create(
                accounting,
                new Giving.Directory(people.nonprofits, people.projects, people.codes),
                new Receiving(accounts, people.hoster),
                people.supporters,
                new PledgeTokens(secret),
                base.ids,
                base.clock);
        var bookings = new PledgeBookings(accounting);
        bookings.subscribeTo(base.outbox);
        new Thanks(
                        giving,
                        people.supporters,
                        people.nonprofits,
                        people.projects,
                        people.mails,
                        base.clock)
                .subscribeTo(base.outbox);
        GivingJobs.register(base.jobs, giving);
        widgetRpc = new WidgetRpc(
                people.nonprofits,
                people.projects,
                giving,
                bookings,
                base.reads,
                base.clock,
                config.zone());
    }

    /// Reads the keys of this layer, and no more.
    static void check(CoreConfig config) {
        config.source().secret("giving.secret-file");
        NewAccount.configured(config.source());
        Providers.configured(config.source(), Clock.systemUTC());
    }

    /// Opens the configured accounts that are new, with a coin for what the bank holds and
    /// one for what comes in.
    void start() {
        for (var account : configured) {
            accounts.ensure(account, ledger.openIssuer(account.issuer(), account.issuer()));
        }
    }

    List<BindableService> services() {
        return List.of(widgetRpc);
    }
}

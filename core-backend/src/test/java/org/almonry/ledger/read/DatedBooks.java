package org.almonry.ledger.read;

import org.almonry.audit.AuditLog;
import org.almonry.events.Outbox;
import org.almonry.ledger.CoinKind;
import org.almonry.ledger.Ledger;
import org.almonry.ledger.NewCoin;
import org.almonry.ledger.Operation;
import org.almonry.ledger.PostRequest;
import org.almonry.ledger.PostResult;
import org.almonry.ledger.postgres.PostgresLedger;
import org.almonry.ledger.process.ProcessChange;
import org.almonry.money.Currency;
import org.almonry.process.BusinessProcesses;
import org.almonry.testing.SetClock;
import org.almonry.testing.TestDatabase;
import org.almonry.wire.Ids;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Books that were kept over some weeks, late and early entries among them, and the plain
/// list of their legs: the model that reads are compared with.
public final class DatedBooks implements AutoCloseable {
    public static final Instant START = Instant.parse("2026-03-01T22:30:00Z");

    public final TestDatabase database = TestDatabase.fresh();
    public final SetClock clock = new SetClock(START.toString());
    public final Ids ids = new Ids(clock);
    public final Ledger ledger;
    public final LedgerReads reads = new LedgerReads(database.accounting());
    public final Currency eur = Currency.of("EUR");
    public final long issuer;
    public final long bank;
    public final List<Long> projects = new ArrayList<>();
    public final List<Leg> legs = new ArrayList<>();

    /// One leg as a person would note it.
    public record Leg(
            long id, long coin, long other, long change, LocalDate effectiveOn, Instant at) {
        public LocalDate recordedOn() {
            return LocalDate.ofInstant(at, ZoneOffset.UTC);
        }

        LocalDate on(Basis basis) {
            return basis == Basis.EFFECTIVE ? effectiveOn : recordedOn();
        }
    }

    public DatedBooks() {
        var outbox = new Outbox(database.accounting(), clock);
        var audit = new AuditLog(database.accounting(), clock);
        ledger = PostgresLedger.ledger(
                database.accounting(), BusinessProcesses.journal(), outbox, audit, clock);
        ledger.start();
        issuer = ledger.openIssuer("hoster", "Hoster");
        bank = coin(CoinKind.ISSUING, "Bank");
        for (var name : List.of("Otters", "Choir", "=1+1, \"quoted\" & Ünïcode")) {
            projects.add(coin(CoinKind.PROJECT, name));
        }
    }

    public long coin(CoinKind kind, String name) {
        return ledger.openCoin(new NewCoin(issuer, eur, kind, name, name)).id();
    }

    /// Keeps books for a while: gifts, transfers and pay-outs, holds in between; every other
    /// one is for another day than the one on which it is recorded.
    public void keep(Random random, int requests) {
        for (int i = 0; i < requests; i++) {
            clock.advance(Duration.ofMinutes(random.nextInt(20 * 60)));
            var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
            var day = random.nextBoolean() ? today : today.plusDays(random.nextInt(40) - 30);
            long one = projects.get(random.nextInt(projects.size()));
            long two = projects.get(random.nextInt(projects.size()));
            long minor = 1 + random.nextInt(1_000);
            var operations = new ArrayList<Operation>();
            switch (random.nextInt(4)) {
                case 0, 1 -> operations.add(new Operation.Issue(bank, one, minor));
                case 2 -> operations.add(new Operation.Authorize(one, 0, minor, null));
                default -> {
                    if (one != two) {
                        operations.add(new Operation.Transfer(one, two, minor));
                    }
                    operations.add(new Operation.Redeem(two, bank, minor));
                }
            }
            post(day, operations);
        }
    }

    /// Posts under a process of its own, and notes the legs.
    public PostResult post(LocalDate day, List<Operation> operations) {
        var process = ids.next("prc");
        var result = ledger.post(new PostRequest(
                Ids.uuid(ids.next("req")),
                process,
                day,
                operations,
                List.of(new ProcessChange.Open(
                        process, "WALK", "DONE", "inc_" + legs.size(), "{}", "test")),
                List.of(),
                List.of(),
                true));
        if (result instanceof PostResult.Posted posted) {
            for (var row : reads.transactions(posted.transactionIds())) {
                if (row.hasTwoLegs()) {
                    legs.add(new Leg(
                            row.id(),
                            row.source(),
                            row.destination(),
                            -row.minor(),
                            row.effectiveOn(),
                            row.recordedAt()));
                    legs.add(new Leg(
                            row.id(),
                            row.destination(),
                            row.source(),
                            row.minor(),
                            row.effectiveOn(),
                            row.recordedAt()));
                }
            }
        }
        return result;
    }

    /// The legs of a coin.
    public List<Leg> of(long coin) {
        return legs.stream().filter(each -> each.coin() == coin).toList();
    }

    @Override
    public void close() {
        ledger.close();
        database.close();
    }
}

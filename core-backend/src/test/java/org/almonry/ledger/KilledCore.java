package org.almonry.ledger;

import org.almonry.audit.AuditLog;
import org.almonry.core.DatabaseConfig;
import org.almonry.core.Databases;
import org.almonry.events.Outbox;
import org.almonry.ledger.Operation.Issue;
import org.almonry.ledger.postgres.PostgresLedger;
import org.almonry.process.BusinessProcesses;
import org.almonry.wire.Failure;
import org.almonry.wire.Secret;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/// A core that does nothing but post, in a process of its own, so that it can be killed. It
/// says on its output what it asks ("S number;") and what was answered ("A number id;").
final class KilledCore {
    static final int CALLERS = 16;
    private static final int POOL = 4;

    private KilledCore() {}

    /// Arguments: URLs of both databases, bank, wallet, first number, by how much its clock is
    /// ahead, and numbers to repeat.
    public static void main(String... args) {
        var databases = databases(args[0], args[1]);
        var clock = Clock.offset(Clock.systemUTC(), Duration.parse(args[5]));
        var accounting = databases.accounting();
        var ledger = PostgresLedger.ledger(
                accounting,
                BusinessProcesses.journal(),
                new Outbox(accounting, clock),
                new AuditLog(accounting, clock),
                clock);
        ledger.start();
        long bank = Long.parseLong(args[2]);
        long wallet = Long.parseLong(args[3]);
        var next = new AtomicLong(Long.parseLong(args[4]));
        var again = new ArrayDeque<Long>();
        for (int i = 6; i < args.length; i++) {
            again.add(Long.valueOf(args[i]));
        }
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CALLERS; i++) {
                var first = again.poll();
                callers.execute(() -> {
                    if (first != null) {
                        post(ledger, first, bank, wallet);
                    }
                    while (true) {
                        post(ledger, next.getAndIncrement(), bank, wallet);
                    }
                });
            }
        }
    }

    /// A core that starts before its database ends at once and is started again by systemd;
    /// here it tries again by itself.
    private static Databases databases(String accounting, String identity) {
        while (true) {
            try {
                return Databases.open(
                        new DatabaseConfig(accounting, "accounting_app", Secret.of("unused"), POOL),
                        new DatabaseConfig(identity, "identity_app", Secret.of("unused"), POOL));
            } catch (RuntimeException e) {
                pause();
            }
        }
    }

    private static void post(Ledger ledger, long number, long bank, long wallet) {
        say("S " + number + ";");
        var request = request(number, bank, wallet);
        while (true) {
            try {
                var ids = switch (ledger.post(request)) {
                    case PostResult.Posted it -> it.transactionIds();
                    case PostResult.Replayed it -> it.transactionIds();
                    default -> throw new IllegalStateException("refused");
                };
                say("A " + number + " " + ids.getFirst() + ";");
                return;
            } catch (Failure e) {
                pause();
            }
        }
    }

    static PostRequest request(long number, long bank, long wallet) {
        return new PostRequest(
                id(number),
                null,
                LocalDate.of(2026, 3, 1),
                List.of(new Issue(bank, wallet, amount(number))),
                List.of(),
                List.of(),
                List.of(),
                true);
    }

    static UUID id(long number) {
        return new UUID(0x0197_0000_0000_7000L, number);
    }

    static long amount(long number) {
        return 1 + number % 100;
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}

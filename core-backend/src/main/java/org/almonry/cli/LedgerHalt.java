package org.almonry.cli;

import static java.util.Objects.requireNonNull;

import org.almonry.audit.AuditLog;
import org.almonry.core.CoreConfig;
import org.almonry.core.Databases;
import org.almonry.events.Outbox;
import org.almonry.ledger.check.SelfCheck;
import org.almonry.process.OpenProcesses;
import org.almonry.wire.Failure;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;

/// Shows whether the ledger is halted, and lifts a halt, for somebody on the machine of the
/// core who cannot use the admin frontend. The core may serve meanwhile. What it does is in
/// the audit log under the name of the user of the operating system.
///
/// `halt FILE` checks and shows; `halt FILE lift WHY` lifts if the books are right again;
/// `halt FILE accept WHY` lifts although they are not, and takes their faults as known.
public final class LedgerHalt {
    /// The command of all of this.
    public static final String NAME = "halt";

    public static final String USAGE = "CoreMain halt CONFIGURATION [lift | accept WHY]";

    private static final int WORDS = 2;
    private static final int WORDS_OF_LIFT = 4;

    private final Clock clock;
    private final String user;

    /// @param user of the operating system
    public LedgerHalt(Clock clock, String user) {
        this.clock = requireNonNull(clock, "clock is null");
        this.user = requireNonNull(user, "user is null");
    }

    /// Does what the words say; the answer is text for the person.
    public String run(List<String> words) {
        if (words.size() == WORDS) {
            return run(words, SelfCheck::run);
        }
        if (words.size() != WORDS_OF_LIFT || !List.of("lift", "accept").contains(words.get(2))) {
            return "usage: " + USAGE;
        }
        boolean accepts = words.get(2).equals("accept");
        return run(
                words,
                check -> check.lift(
                        "service:core/cli", "core/core", user + ": " + words.getLast(), accepts));
    }

    private String run(List<String> words, Consumer<SelfCheck> work) {
        var config = CoreConfig.load(Path.of(words.get(1)));
        try (var databases = Databases.open(
                config.databases().accounting(), config.databases().identity())) {
            var jdbi = databases.accounting();
            var check = new SelfCheck(
                    jdbi,
                    new OpenProcesses(),
                    new Outbox(jdbi, clock),
                    new AuditLog(jdbi, clock),
                    clock);
            try {
                work.accept(check);
            } catch (Failure e) {
                return e.safeText() + "\n" + state(check);
            }
            return state(check);
        }
    }

    private static String state(SelfCheck check) {
        var text = new StringBuilder(check.halt()
                .map(halt ->
                        "halted since %s by %s: %s".formatted(halt.since(), halt.who(), halt.why()))
                .orElse("not halted"));
        check.last()
                .ifPresent(run -> run.faults().forEach(line -> text.append('\n').append(line)));
        return text.toString();
    }
}

package org.almonry.directory;

import org.jdbi.v3.core.Jdbi;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// SQL of the codes.
final class CodeStore {
    private static final String INSERT = """
        insert into directory.code (digits, kind, target, drawn_at)
        values (:digits, :kind, :target, :at)
        on conflict do nothing
        """;

    private static final String OF_TARGET = """
        select digits
          from directory.code
         where target = :target
        """;

    private static final String TARGETS = """
        select digits, kind, target
          from directory.code
         where digits = any (:digits)
        """;

    private final Jdbi accounting;

    CodeStore(Jdbi accounting) {
        this.accounting = accounting;
    }

    /// False when the digits are taken or the target has a code.
    boolean insert(DonationCode code, CodeTarget target, Instant at) {
        return accounting.withHandle(handle -> handle.createUpdate(INSERT)
                        .bind("digits", code.digits())
                        .bind("kind", target.kind().name())
                        .bind("target", target.id())
                        .bind("at", at)
                        .execute())
                == 1;
    }

    Optional<DonationCode> ofTarget(String target) {
        return accounting.withHandle(handle -> handle.createQuery(OF_TARGET)
                .bind("target", target)
                .map((row, context) -> new DonationCode(row.getString("digits")))
                .findOne());
    }

    Map<DonationCode, CodeTarget> targets(Collection<DonationCode> codes) {
        Map<DonationCode, CodeTarget> targets = new HashMap<>();
        String[] digits =
                codes.stream().map(DonationCode::digits).distinct().toArray(String[]::new);
        accounting.useHandle(handle -> handle.createQuery(TARGETS)
                .bind("digits", digits)
                .map((row, context) -> Map.entry(
                        new DonationCode(row.getString("digits")),
                        new CodeTarget(
                                CodeTarget.Kind.valueOf(row.getString("kind")),
                                row.getString("target"))))
                .forEach(entry -> targets.put(entry.getKey(), entry.getValue())));
        return targets;
    }
}

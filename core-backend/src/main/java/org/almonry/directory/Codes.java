package org.almonry.directory;

import static java.util.Objects.requireNonNull;

import org.jdbi.v3.core.Jdbi;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The register of donation codes: which were drawn, and for what.
public final class Codes {
    /// Draws before giving up; with half of all codes taken, fifty failures in a row do not
    /// happen.
    private static final int DRAWS_MAX = 50;

    private final CodeStore store;
    private final RandomGenerator random;
    private final Clock clock;
    private final String prefix;

    /// A register whose codes are printed with this prefix.
    public Codes(Jdbi accounting, RandomGenerator random, Clock clock, String prefix) {
        this.store = new CodeStore(accounting);
        this.random = requireNonNull(random, "random is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.prefix = requireNonNull(prefix, "prefix is null");
    }

    /// What codes of this instance start with.
    public String prefix() {
        return prefix;
    }

    /// The finder that reads codes of this instance.
    public CodeFinder finder() {
        return new CodeFinder(prefix);
    }

    /// The code as people see it.
    public String printed(DonationCode code) {
        return code.printed(prefix);
    }

    /// Gives the target a code that nothing ever had; a target that has one keeps it. Codes
    /// are drawn at random: counting up would make every slip of two digits somebody else's
    /// code.
    public DonationCode draw(CodeTarget target) {
        for (int i = 0; i < DRAWS_MAX; i++) {
            Optional<DonationCode> present = store.ofTarget(target.id());
            if (present.isPresent()) {
                return present.get();
            }
            DonationCode code = random(target.kind());
            if (store.insert(code, target, clock.instant())) {
                return code;
            }
        }
        throw new IllegalStateException("no free donation code found");
    }

    /// What the code was drawn for.
    public Optional<CodeTarget> target(DonationCode code) {
        return Optional.ofNullable(targets(List.of(code)).get(code));
    }

    /// What the codes were drawn for, in one query; codes never drawn are left out.
    public Map<DonationCode, CodeTarget> targets(Collection<DonationCode> codes) {
        return codes.isEmpty() ? Map.of() : store.targets(codes);
    }

    /// The code of a target.
    public Optional<DonationCode> of(String target) {
        return store.ofTarget(target);
    }

    /// Codes never start with a zero, which some banks drop at the start of a reference.
    private DonationCode random(CodeTarget.Kind kind) {
        int least = kind == CodeTarget.Kind.PLEDGE ? 10_000_000 : 100_000;
        return DonationCode.withCheckDigit(String.valueOf(random.nextInt(least, 10 * least)));
    }
}

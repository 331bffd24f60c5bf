package org.almonry.identity;

import static java.util.Objects.requireNonNull;

import org.almonry.wire.IdSource;
import org.jdbi.v3.core.Jdbi;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// People who give. The books refer to them by opaque id.
///
/// A supporter is stored before the pledge that refers to it, in another database. If the
/// pledge never follows, the row is erased a day later: nobody's address stays for nothing.
public final class Supporters {
    private static final Duration UNKEPT_FOR = Duration.ofDays(1);

    /// Rows looked at in one sweep.
    private static final int SWEEP_MAX = 1_000;

    private final SupporterStore store;
    private final IdSource ids;
    private final Clock clock;

    /// Supporters of an identity database.
    public Supporters(Jdbi identity, IdSource ids, Clock clock) {
        this.store = new SupporterStore(identity);
        this.ids = requireNonNull(ids, "ids is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /// Stores a supporter; the same key gives the same one.
    public String ensure(String requestKey, String name, String email, String language) {
        store.insert(
                new Supporter(ids.next("sup"), name, email, language), requestKey, clock.instant());
        return store.byKey(requestKey).orElseThrow();
    }

    /// Notes that a pledge refers to the supporter.
    public void keep(String id) {
        store.keep(id);
    }

    /// One, by id.
    public Optional<Supporter> find(String id) {
        return store.find(List.of(id)).stream().findFirst();
    }

    /// Several by id; unknown ids are left out.
    public Map<String, Supporter> find(Collection<String> ids) {
        return ids.isEmpty()
                ? Map.of()
                : store.find(ids).stream()
                        .collect(Collectors.toMap(Supporter::id, Function.identity()));
    }

    /// Erases old rows that nothing refers to; returns how many.
    public int sweep(Predicate<String> isReferredTo) {
        int erased = 0;
        for (String id : store.unkept(clock.instant().minus(UNKEPT_FOR), SWEEP_MAX)) {
            if (isReferredTo.test(id)) {
                store.keep(id);
            } else {
                store.delete(id);
                erased++;
            }
        }
        return erased;
    }
}

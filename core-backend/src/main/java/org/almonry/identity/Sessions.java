package org.almonry.identity;

import static java.util.Objects.requireNonNull;

import org.almonry.wire.Caller;
import org.almonry.wire.IdSource;
import org.almonry.wire.SessionResolver;
import org.jdbi.v3.core.Jdbi;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Sessions: opened when a link is redeemed, checked at every call, ended by their owner,
/// by time, or with the account.
public final class Sessions implements SessionResolver {
    /// Who is away for longer signs in again.
    static final Duration IDLE = Duration.ofMinutes(30);

    /// A working day at the admin gateway is too long for a stolen token.
    static final Duration ADMIN_LIFE = Duration.ofHours(4);

    static final Duration PUBLIC_LIFE = Duration.ofHours(12);

    /// Use is noted this coarsely, so that reading a page does not write a row.
    private static final Duration TOUCH_EVERY = Duration.ofMinutes(1);

    private final SessionStore store;
    private final SecureRandom random;
    private final IdSource ids;
    private final Clock clock;

    /// Sessions of an identity database.
    public Sessions(Jdbi identity, SecureRandom random, IdSource ids, Clock clock) {
        this.store = new SessionStore(identity);
        this.random = requireNonNull(random, "random is null");
        this.ids = requireNonNull(ids, "ids is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /// Opens a session, within the running transaction if there is one.
    NewSession open(String userId, String gateway) {
        Token token = Token.random(random);
        Instant now = clock.instant();
        Instant expires = now.plus(gateway.equals(Role.ADMIN_GATEWAY) ? ADMIN_LIFE : PUBLIC_LIFE);
        store.insert(ids.next("ses"), token.hash(), userId, gateway, now, expires);
        return new NewSession(token, expires);
    }

    @Override
    public Optional<Caller.User> resolve(String token, String identity) {
        Instant now = clock.instant();
        Optional<SessionStore.Live> live =
                store.live(Token.hash(token), identity, now, now.minus(IDLE));
        if (live.isEmpty()) {
            return Optional.empty();
        }
        SessionStore.Live session = live.get();
        Set<String> permissions = session.role().permissionsAt(identity);
        if (permissions.isEmpty()) {
            return Optional.empty();
        }
        if (session.lastUsedAt().plus(TOUCH_EVERY).isBefore(now)) {
            store.touch(session.id(), now);
        }
        return Optional.of(new Caller.User(session.userId(), session.id(), identity, permissions));
    }

    /// Ends a session.
    public void end(String sessionId) {
        store.end(sessionId, clock.instant());
    }

    /// Forgets sessions that are over; returns how many.
    public int purge() {
        return store.purge(clock.instant());
    }

    /// A session as it is told to its gateway, once.
    record NewSession(Token token, Instant expiresAt) {}
}

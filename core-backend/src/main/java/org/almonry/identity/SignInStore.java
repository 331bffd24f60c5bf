package org.almonry.identity;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Optional;

/// SQL of the sign-in links.
final class SignInStore {
    private static final String LOCK_ADDRESS = """
        select 1
          from (select pg_advisory_xact_lock(hashtextextended(encode(:address, 'hex'), 0))) l
        """;

    private static final String COUNT = """
        select count(*)
          from identity.sign_in_link
         where address_hash = :address and created_at > :since
        """;

    private static final String INSERT = """
        insert into identity.sign_in_link
            (token_hash, address_hash, user_id, gateway, created_at, expires_at)
        values (:hash, :address, :user, :gateway, :at, :expires)
        """;

    private static final String USE = """
        update identity.sign_in_link
           set used_at = :now
         where token_hash = :hash
           and gateway = :gateway
           and used_at is null
           and expires_at > :now
           and user_id is not null
        returning user_id
        """;

    private static final String PURGE = """
        delete from identity.sign_in_link
         where created_at < :before
        """;

    private final Jdbi identity;

    SignInStore(Jdbi identity) {
        this.identity = identity;
    }

    /// Links asked for an address; requests for the same address wait for each other.
    long countLocked(Handle handle, byte[] address, Instant since) {
        handle.createQuery(LOCK_ADDRESS)
                .bind("address", address)
                .mapTo(int.class)
                .one();
        return handle.createQuery(COUNT)
                .bind("address", address)
                .bind("since", since)
                .mapTo(long.class)
                .one();
    }

    void insert(Handle handle, NewLink link) {
        handle.createUpdate(INSERT)
                .bind("hash", link.hash())
                .bind("address", link.address())
                .bind("user", link.userId())
                .bind("gateway", link.gateway())
                .bind("at", link.at())
                .bind("expires", link.expires())
                .execute();
    }

    /// The user of a link, which is used up by this; empty for any that cannot be used.
    Optional<String> use(Handle handle, byte[] hash, String gateway, Instant now) {
        return handle.createQuery(USE)
                .bind("hash", hash)
                .bind("gateway", gateway)
                .bind("now", now)
                .mapTo(String.class)
                .findOne();
    }

    int purge(Instant before) {
        return identity.withHandle(
                handle -> handle.createUpdate(PURGE).bind("before", before).execute());
    }

    /// A link to store; no user when the address is nobody's.
    record NewLink(
            byte[] hash,
            byte[] address,
            @Nullable String userId,
            String gateway,
            Instant at,
            Instant expires) {}
}

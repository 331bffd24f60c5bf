package org.almonry.ledger.check;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/// The SQL that finds holds whose time is over.
final class HoldExpiryStore {
    /// Of coins that are frozen nothing is given back. What follows from the hold's own row is
    /// read with it, so that the request can be made again.
    private static final String DUE = """
            select h.id, h.expires_at, t.request_id, t.process_id
              from ledger.head b
              join ledger.hold h on h.state = 'OPEN'
                                and h.expires_at <= least(:now, clock_timestamp())
                                and (h.expires_at, h.id) > (:afterTime, :afterId)
              join ledger.coin c on c.id = h.coin_id and c.frozen_at is null
              join ledger.transaction t on t.id = h.id
             where b.shard = 0
               and b.halted_at is null
             order by h.expires_at, h.id
             limit :limit
            """;

    record Due(
            long hold,
            Instant expiresAt,
            UUID requestId,
            @Nullable UUID processId) {
        /// Before all.
        static final Due FIRST = new Due(0, Instant.EPOCH, new UUID(0, 0), null);
    }

    private HoldExpiryStore() {}

    static List<Due> due(Handle handle, Instant now, Due after, int limit) {
        return handle.createQuery(DUE)
                .bind("now", now)
                .bind("afterTime", after.expiresAt())
                .bind("afterId", after.hold())
                .bind("limit", limit)
                .map((row, _) -> new Due(
                        row.getLong("id"),
                        row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                        row.getObject("request_id", UUID.class),
                        row.getObject("process_id", UUID.class)))
                .list();
    }
}

package org.almonry.idempotency;

import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Optional;

/// SQL of schema `idempotency`.
final class IdempotencyStore {
    private static final String INSERT = """
        insert into idempotency.request (scope, key, digest, operation_id, created_at)
        values (:scope, :key, :digest, :operation, :at)
        on conflict do nothing
        """;

    private static final String FIND = """
        select digest, operation_id, answer
          from idempotency.request
         where scope = :scope and key = :key
        """;

    private static final String ANSWER = """
        update idempotency.request
           set answer = :answer
         where scope = :scope and key = :key and answer is null
        """;

    private static final String PURGE = """
        delete from idempotency.request
         where created_at < :before
        """;

    private final Jdbi jdbi;

    IdempotencyStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// Waits while another transaction holds the key; false if it then is taken.
    boolean insert(Request request, String operation, Instant at) {
        return jdbi.withHandle(handle -> handle.createUpdate(INSERT)
                        .bind("scope", request.scope())
                        .bind("key", request.key())
                        .bind("digest", request.digest())
                        .bind("operation", operation)
                        .bind("at", at)
                        .execute())
                == 1;
    }

    Optional<Known> find(Request request) {
        return jdbi.withHandle(handle -> handle.createQuery(FIND)
                .bind("scope", request.scope())
                .bind("key", request.key())
                .map((row, context) -> new Known(
                        row.getString("digest"),
                        row.getString("operation_id"),
                        row.getBytes("answer")))
                .findOne());
    }

    void answer(Request request, byte[] answer) {
        jdbi.useHandle(handle -> handle.createUpdate(ANSWER)
                .bind("scope", request.scope())
                .bind("key", request.key())
                .bind("answer", answer)
                .execute());
    }

    int purge(Instant before) {
        return jdbi.withHandle(
                handle -> handle.createUpdate(PURGE).bind("before", before).execute());
    }

    /// What is stored under a key; the answer is absent while the work goes on.
    record Known(String digest, String operationId, byte @Nullable [] answer) {}
}

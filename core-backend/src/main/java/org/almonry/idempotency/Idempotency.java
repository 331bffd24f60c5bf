package org.almonry.idempotency;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;

import org.almonry.error.v1.Reason;
import org.almonry.idempotency.IdempotencyStore.Known;
import org.almonry.wire.Failure;
import org.almonry.wire.IdSource;
import org.jdbi.v3.core.Jdbi;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// Does the work of a keyed request once, however often the request comes.
public final class Idempotency {
    /// How long answers are kept; long after any client has stopped to retry.
    private static final Duration KEPT = Duration.ofDays(30);

    private final Jdbi jdbi;
    private final IdempotencyStore store;
    private final IdSource ids;
    private final Clock clock;

    /// Keys of the database that the work writes to.
    public Idempotency(Jdbi jdbi, IdSource ids, Clock clock) {
        this.jdbi = requireNonNull(jdbi, "jdbi is null");
        this.ids = requireNonNull(ids, "ids is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.store = new IdempotencyStore(jdbi);
    }

    /// For work inside this database alone: work, key and answer are one transaction.
    ///
    /// Handles that the work takes from the same Jdbi on this thread join it. A call that
    /// comes while another one has its key waits for the answer of that one.
    public <A extends MessageLite> A once(Request request, Parser<A> parser, Supplier<A> work) {
        return jdbi.inTransaction(handle -> {
            if (!store.insert(request, ids.next("req"), clock.instant())) {
                return answer(request, known(request), parser)
                        .orElseThrow(() ->
                                new IllegalStateException("a key without an answer was committed"));
            }
            A answer = work.get();
            store.answer(request, answer.toByteArray());
            return answer;
        });
    }

    /// For work that commits elsewhere (the ledger, another database).
    ///
    /// The key is committed first with an operation id, and the work gets that id. Run
    /// again under the same id, after a crash or in a race, it must give the same result.
    public <A extends MessageLite> A resumable(
            Request request, Parser<A> parser, Function<String, A> work) {
        store.insert(request, ids.next("req"), clock.instant());
        Known known = known(request);
        Optional<A> before = answer(request, known, parser);
        if (before.isPresent()) {
            return before.get();
        }
        A answer = work.apply(known.operationId());
        store.answer(request, answer.toByteArray());
        return answer;
    }

    /// The stored answer, without starting anything; fails if the key stands for something
    /// else.
    public <A extends MessageLite> Optional<A> replay(Request request, Parser<A> parser) {
        return store.find(request).flatMap(known -> answer(request, known, parser));
    }

    /// Forgets answers whose time is over; returns how many.
    public int purge() {
        return store.purge(clock.instant().minus(KEPT));
    }

    private Known known(Request request) {
        return store.find(request)
                .orElseThrow(() -> new IllegalStateException("a key that conflicts is not there"));
    }

    private static <A extends MessageLite> Optional<A> answer(
            Request request, Known known, Parser<A> parser) {
        if (!known.digest().equals(request.digest())) {
            throw new Failure(
                    Reason.IDEMPOTENCY_CONFLICT,
                    "This request was sent before with other content. Please start again.");
        }
        try {
            byte[] bytes = known.answer();
            return bytes == null ? Optional.empty() : Optional.of(parser.parseFrom(bytes));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a stored answer cannot be read", e);
        }
    }
}

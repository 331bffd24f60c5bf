package org.almonry.idempotency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.StringValue;

import org.almonry.error.v1.Reason;
import org.almonry.testing.SetClock;
import org.almonry.testing.TestDatabase;
import org.almonry.wire.Failure;
import org.almonry.wire.Ids;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

class IdempotencyTest {
    private static final int CALLERS = 32;

    private final TestDatabase database = TestDatabase.fresh();
    private final SetClock clock = new SetClock("2026-10-12T08:00:00Z");
    private final Idempotency keys = new Idempotency(database.accounting(), new Ids(clock), clock);
    private final AtomicInteger runs = new AtomicInteger();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theSameRequestWorksOnceAndAnswersTheSame() {
        assertEquals("1", once("key", "a"));
        assertEquals("1", once("key", "a"));
        assertEquals("2", once("other", "a"));
    }

    @Test
    void anotherRequestUnderTheKeyIsRefused() {
        once("key", "a");
        var failure = assertThrows(Failure.class, () -> once("key", "b"));
        assertEquals(Reason.IDEMPOTENCY_CONFLICT, failure.reason());
        assertEquals(1, runs.get());
    }

    @Test
    void keysOfAnotherActorAreOtherKeys() {
        once("key", "a");
        var request = Request.of("usr_2", "Do", "key", StringValue.of("b"));
        assertEquals(Optional.empty(), keys.replay(request, StringValue.parser()));
    }

    @Test
    void workThatFailsLeavesTheKeyFree() {
        var request = request("key", "a");
        assertThrows(
                Failure.class,
                () -> keys.once(request, StringValue.parser(), () -> {
                    throw new Failure(Reason.WRONG_STATE, "no");
                }));
        assertEquals("1", once("key", "a"));
    }

    @Test
    void callsAtTheSameTimeShareOneRun() throws InterruptedException {
        var answers = new ConcurrentLinkedQueue<String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CALLERS; i++) {
                threads.submit(() -> answers.add(once("key", "a")));
            }
        }
        assertEquals(CALLERS, answers.size());
        assertTrue(answers.stream().allMatch("1"::equals), answers::toString);
    }

    @Test
    void workElsewhereGoesOnUnderTheSameOperation() {
        var request = request("key", "a");
        var operations = new ConcurrentLinkedQueue<String>();
        assertThrows(
                IllegalStateException.class,
                () -> keys.resumable(request, StringValue.parser(), operation -> {
                    operations.add(operation);
                    throw new IllegalStateException("crash");
                }));
        var answer = keys.resumable(request, StringValue.parser(), operation -> {
            operations.add(operation);
            return StringValue.of("done");
        });
        assertEquals("done", answer.getValue());
        assertEquals(1, operations.stream().distinct().count());
        assertEquals(2, operations.size());
        assertEquals(
                Optional.of(StringValue.of("done")), keys.replay(request, StringValue.parser()));
    }

    @Test
    void answersAreForgottenAfterThirtyDays() {
        once("key", "a");
        clock.advance(Duration.ofDays(29));
        assertEquals(0, keys.purge());
        clock.advance(Duration.ofDays(2));
        assertEquals(1, keys.purge());
    }

    private String once(String key, String content) {
        return keys.once(
                        request(key, content),
                        StringValue.parser(),
                        () -> StringValue.of(String.valueOf(runs.incrementAndGet())))
                .getValue();
    }

    private static Request request(String key, String content) {
        return Request.of("usr_1", "Do", key, StringValue.of(content));
    }
}

package org.almonry.ledger.rpc;

import static org.almonry.ledger.rpc.Integrator.issue;
import static org.almonry.ledger.rpc.Integrator.transfer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;

import org.almonry.error.v1.Reason;
import org.almonry.ledger.v1.CoinKind;
import org.almonry.ledger.v1.LedgerServiceGrpc;
import org.almonry.ledger.v1.PostBatchRequest;
import org.almonry.ledger.v1.PostStreamRequest;
import org.almonry.ledger.v1.PostStreamResponse;
import org.almonry.ledger.v1.Posting;
import org.almonry.ledger.v1.PostingResult;
import org.almonry.ledger.v1.Rejection;
import org.almonry.testing.TestCore;
import org.almonry.wire.Failure;
import org.almonry.wire.Identity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Many postings in a call: each judged alone, answered in order, bounded.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostStreamTest {
    private TestCore core;
    private Integrator shop;
    private String bank;
    private String one;
    private String two;

    @BeforeAll
    void start(@TempDir Path directory) {
        core = TestCore.start(directory, Map.of());
        shop = new Integrator(core);
        bank = shop.coin(CoinKind.COIN_KIND_ISSUING, "bank");
        one = shop.coin(CoinKind.COIN_KIND_MEMBER, "usr_1");
        two = shop.coin(CoinKind.COIN_KIND_MEMBER, "usr_2");
    }

    @AfterAll
    void close() {
        core.close();
    }

    /// One side of a stream that remembers what it was told.
    private static final class Answers implements StreamObserver<PostStreamResponse> {
        final List<PostingResult> results = Collections.synchronizedList(new ArrayList<>());
        final CountDownLatch ended = new CountDownLatch(1);
        volatile @Nullable Throwable failure;

        @Override
        public void onNext(PostStreamResponse message) {
            results.addAll(message.getResultsList());
        }

        @Override
        public void onError(Throwable thrown) {
            failure = thrown;
            ended.countDown();
        }

        @Override
        public void onCompleted() {
            ended.countDown();
        }

        void await() throws InterruptedException {
            assertTrue(ended.await(30, TimeUnit.SECONDS), "the stream does not end");
        }
    }

    private StreamObserver<PostStreamRequest> stream(Answers answers) {
        return LedgerServiceGrpc.newStub(core.channel(Identity.LEDGER_WRITER)).postStream(answers);
    }

    @Test
    void everyMessageOfAStreamIsAnsweredOnceItIsDurable() throws Exception {
        var answers = new Answers();
        var out = stream(answers);
        var sent = new HashSet<String>();
        for (int message = 0; message < 40; message++) {
            var request = PostStreamRequest.newBuilder();
            for (int i = 0; i < 25; i++) {
                var posting = shop.posting(issue(bank, two, 1)).build();
                sent.add(posting.getRequestId());
                request.addPostings(posting);
            }
            out.onNext(request.build());
        }
        out.onCompleted();
        answers.await();
        assertEquals(null, answers.failure);
        assertEquals(1_000, answers.results.size());
        assertTrue(answers.results.stream().allMatch(PostingResult::hasPosted));
        var told = new HashSet<String>();
        answers.results.forEach(each -> told.add(each.getRequestId()));
        assertEquals(sent, told);
        assertEquals(1_000, shop.balance(two));
    }

    @Test
    void postingsOfABatchAreJudgedAloneAndInOrder() {
        var poor = shop.coin(CoinKind.COIN_KIND_MEMBER, "usr_poor");
        var early = shop.posting(transfer(poor, one, 10)).build();
        var funds = shop.posting(issue(bank, poor, 10)).build();
        var late = shop.posting(transfer(poor, one, 10)).build();
        var results = batch(List.of(early, funds, late, funds));
        assertEquals(
                Rejection.REJECTION_INSUFFICIENT_FUNDS,
                results.get(0).getRejected().getReason());
        assertTrue(results.get(1).hasPosted());
        assertTrue(results.get(2).hasPosted());
        assertTrue(results.get(3).hasReplayed(), "the same id twice in one batch");
        assertTrue(batch(List.of(late)).getFirst().hasReplayed());
    }

    @Test
    void aMessageThatBreaksTheContractEndsTheStream() throws Exception {
        var answers = new Answers();
        var out = stream(answers);
        out.onNext(PostStreamRequest.newBuilder()
                .addPostings(shop.posting(issue(bank, one, 1)))
                .addPostings(shop.posting(issue(bank, one, 1)).setRequestId("req_x"))
                .build());
        answers.await();
        var failure = (StatusRuntimeException) answers.failure;
        assertEquals(Reason.INVALID_ARGUMENT, Failure.from(failure).reason());
        assertEquals(0, answers.results.size());
    }

    /// Limits: postings of a call, operations of a call, bytes of a message.
    @Test
    void aCallIsBounded() {
        var posting = shop.posting(issue(bank, one, 1));
        var many = new ArrayList<Posting>();
        for (int i = 0; i < 1_001; i++) {
            many.add(posting.setRequestId(shop.ids.next("req")).build());
        }
        assertRefused(Reason.INVALID_ARGUMENT, many);
        var wide = new ArrayList<Posting>();
        for (int i = 0; i < 11; i++) {
            wide.add(shop.posting()
                    .addAllOperations(Collections.nCopies(1_000, issue(bank, one, 1)))
                    .build());
        }
        assertRefused(Reason.LIMIT_REACHED, wide);
        var tooWide = shop.posting()
                .addAllOperations(Collections.nCopies(1_001, issue(bank, one, 1)))
                .build();
        assertRefused(Reason.INVALID_ARGUMENT, List.of(tooWide));
        assertEquals(1_000, batch(many.subList(0, 1_000)).size());
    }

    /// What a stream left unanswered is asked again under the same ids.
    @Test
    void aBrokenStreamIsTakenUpAgainWithoutDoubling() throws Exception {
        var three = shop.coin(CoinKind.COIN_KIND_MEMBER, "usr_3");
        var request = PostStreamRequest.newBuilder();
        for (int i = 0; i < 200; i++) {
            request.addPostings(shop.posting(issue(bank, three, 1)));
        }
        var lost = new Answers();
        var broken = stream(lost);
        broken.onNext(request.build());
        broken.onError(new IllegalStateException("the caller goes away"));
        var answers = new Answers();
        var out = stream(answers);
        out.onNext(request.build());
        out.onCompleted();
        answers.await();
        assertEquals(200, answers.results.size());
        assertTrue(
                answers.results.stream().allMatch(each -> each.hasPosted() || each.hasReplayed()));
        assertEquals(200, shop.balance(three));
    }

    private List<PostingResult> batch(List<Posting> postings) {
        return shop.ledger
                .postBatch(
                        PostBatchRequest.newBuilder().addAllPostings(postings).build())
                .getResultsList();
    }

    private void assertRefused(Reason reason, List<Posting> postings) {
        var thrown = assertThrows(StatusRuntimeException.class, () -> batch(postings));
        assertEquals(reason, Failure.from(thrown).reason());
    }
}

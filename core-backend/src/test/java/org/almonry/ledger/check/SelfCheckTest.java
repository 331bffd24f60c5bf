package org.almonry.ledger.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.error.v1.Reason;
import org.almonry.events.DomainEvent.LedgerHalted;
import org.almonry.ledger.CoinKind;
import org.almonry.ledger.NewCoin;
import org.almonry.ledger.Operation;
import org.almonry.ledger.Operation.Authorize;
import org.almonry.ledger.Operation.Issue;
import org.almonry.ledger.Operation.Transfer;
import org.almonry.ledger.PostRequest;
import org.almonry.ledger.PostResult;
import org.almonry.wire.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// K-024, K-034, K-035, X-025: the books watch themselves. Right books pass, whatever
/// happens in them; each kind of breach is found within a run, and nothing moves until a
/// person lets it.
class SelfCheckTest {
    private static final String ADMIN = "usr_1";

    @Test
    void rightBooksOfAllTypesPassWhileTheyGrow() {
        try (var books = new CheckedBooks(Clock.systemUTC())) {
            assertTrue(books.check.run().isRight());
            var random = new Random(7);
            var open = new ArrayList<Long>();
            for (int round = 0; round < 6; round++) {
                for (int i = 0; i < 100; i++) {
                    var result = books.ledger.post(books.request(operation(books, random, open)));
                    if (result instanceof PostResult.Posted it && random.nextInt(3) == 0) {
                        open.addAll(it.transactionIds());
                    }
                    if (i % 20 == 0) {
                        books.open();
                    }
                }
                var run = books.check.run();
                assertEquals(List.of(), run.faults());
                assertTrue(run.isComplete());
            }
            assertTrue(books.check.halt().isEmpty());
            assertEquals(
                    "14", books.value("select count(distinct type)::text from ledger.transaction"));
            var last = books.check.last().orElseThrow();
            assertEquals(
                    books.value("select batch_number::text from ledger.head"),
                    String.valueOf(last.batch()));
        }
    }

    private static Operation operation(CheckedBooks books, Random random, List<Long> open) {
        long from = random.nextBoolean() ? books.project : books.other;
        long to = from == books.project ? books.other : books.project;
        long minor = 1 + random.nextInt(500);
        long hold = open.isEmpty() ? 1 : open.get(random.nextInt(open.size()));
        return switch (random.nextInt(15)) {
            case 0, 1 -> new Issue(books.bank, from, 10 * minor);
            case 2 -> new Operation.Redeem(from, books.bank, minor);
            case 3 -> new Operation.Commission(from, books.overhead, minor);
            case 4, 5 -> new Authorize(from, to, minor, null);
            case 6 -> new Operation.Hold(from, minor);
            case 7, 8 -> new Operation.Capture(hold, 0, minor, random.nextBoolean());
            case 9 -> new Operation.Reverse(hold);
            case 10 -> {
                var name = "pot" + random.nextInt(20);
                yield new Operation.Split(
                        from,
                        new NewCoin(books.issuer, CheckedBooks.EUR, CoinKind.POT, name, name),
                        minor);
            }
            case 11 -> {
                long pot = books.coin(CoinKind.POT, "pot" + random.nextInt(20));
                yield new Operation.Merge(pot, to);
            }
            case 13 -> new Operation.AuthorizeCommission(from, books.overhead, minor, null);
            case 12 -> new Operation.Balance(books.transit, 0);
            default -> new Transfer(from, to, minor);
        };
    }

    /// Each is what a superuser can do past triggers and grants, and a word of what is said
    /// about it. Batches are numbered by posting: 1 issues, 2 and 3 transfer, 4 reserves.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            update ledger.coin set balance = balance + 1 where kind = 'PROJECT' and owner = 'prj_choir'| its last entry
            update ledger.coin set seq = seq + 1 where kind = 'INCOMING'                              | its last entry
            update ledger.coin set balance = balance + 1 where kind = 'ISSUING'                       | circulates, but its issuing coins
            update ledger.coin set held = held + 5 where kind = 'INCOMING'                            | is held, but its open holds
            update ledger.hold set remaining_minor = 1                                                | is held, but its open holds
            update ledger.hold set remaining_minor = 1; update ledger.coin set held = 1 where held > 0| its transactions say
            delete from ledger.hold                                                                   | its open holds
            update ledger.coin set owner = 'prj_cats' where owner = 'prj_otters'                      | not those that it sealed
            update ledger.transaction set amount_minor = amount_minor + 1 where id = 2                | not those that it sealed
            update ledger.transaction set source_after = source_after - 5 where id = 3                | txn_3 leaves coin_
            update ledger.transaction set effective_on = effective_on + 1 where id = 3                | not those that it sealed
            update ledger.transaction set recorded_at = recorded_at + interval '1 s' where id = 3     | not recorded when
            update ledger.transaction set process_id = gen_random_uuid() where id = 1                 | not those that it sealed
            update ledger.transaction set request_id = gen_random_uuid() where id = 1                 | does not belong to its request
            update ledger.transaction set type = 1 where id = 2                                       | not its type
            update ledger.transaction set destination_id = 777 where id = 2                           | do not fit
            delete from ledger.transaction where id = 2                                               | txn_2 of batch 2 is missing
            delete from ledger.transaction where id = 4                                               | the last rows are
            insert into ledger.transaction select id + 10, source_id, source_seq + 1, source_after - 1, destination_id, destination_seq + 1, destination_after + 1, 1, recorded_at, null, null, null, null, null, request_id, process_id, effective_on, type from ledger.transaction where id = 3 | the last rows are
            delete from ledger.request where first_transaction_id = 2                                 | does not belong to its request
            update ledger.request set digest = decode(repeat('01', 32), 'hex') where first_transaction_id = 2 | its requests are not those
            update ledger.request set transactions = 2 where first_transaction_id = 2                 | its requests are not those
            delete from ledger.batch where number = 2                                                 | ended with txn_1
            delete from ledger.batch where number = 4                                                 | the last rows are
            update ledger.batch set root = request_root where number = 3                              | not those that it sealed
            update ledger.batch set chain = decode(repeat('01', 32), 'hex') where number = 2          | is not chained
            update ledger.batch set epoch = epoch + 1 where number = 1                                | is not chained
            update ledger.batch set recorded_at = recorded_at + interval '1 s' where number = 4       | is not what batch 4 left
            update ledger.batch set root = '' where number = 2                                        | has no hashes
            update ledger.batch set chain = '' where number = 2                                       | has no hashes
            alter table ledger.correction rename to gone; alter table ledger.hold rename to hold_gone | cannot be read
            update ledger.head set last_transaction_id = 9                                            | the last rows are
            update ledger.head set batch_number = 9                                                   | the last rows are
            update ledger.head set chain = decode(repeat('01', 32), 'hex')                            | is not what batch 4 left
            """)
    void eachBreachIsFoundAndStopsTheBooks(String tampering, String said) {
        try (var books = filled()) {
            books.tamper(tampering.split(";"));
            var run = books.check.run();
            assertFalse(run.isRight());
            assertTrue(
                    run.faults().stream().anyMatch(line -> line.contains(said)),
                    () -> "\"" + said + "\" is not in " + run.faults());
            assertTrue(books.check.halt().isPresent());
            var refused = assertThrows(
                    Failure.class, () -> books.post(new Issue(books.bank, books.incoming, 1)));
            assertEquals(Reason.WRONG_STATE, refused.reason());
        }
    }

    private static CheckedBooks filled() {
        var books = new CheckedBooks(Clock.systemUTC());
        books.post(new Issue(books.bank, books.incoming, 2500));
        books.post(new Transfer(books.incoming, books.project, 1000));
        books.post(new Transfer(books.incoming, books.other, 1000));
        books.post(new Authorize(books.project, 0, 300, null));
        return books;
    }

    @Test
    void aHaltOutlivesRestartsAnswersRepetitionsAndIsLiftedByAPersonOnly() {
        try (var books = filled()) {
            assertTrue(books.check.run().isRight());
            var earlier = books.request(new Transfer(books.incoming, books.project, 1));
            assertInstanceOf(PostResult.Posted.class, books.ledger.post(earlier));
            books.tamper("update ledger.coin set balance = balance + 1 where kind = 'OVERHEAD'");
            assertFalse(books.check.run().isRight());
            var halt = books.check.halt().orElseThrow();
            assertEquals("job:ledger.check", halt.who());
            assertTrue(halt.why().startsWith("coin_"), halt.why());
            books.restart();
            var fresh = books.request(new Issue(books.bank, books.incoming, 1));
            // Halted, many at once: what was posted before is answered, the rest is refused.
            for (int i = 0; i < 3; i++) {
                assertEquals(
                        Reason.WRONG_STATE,
                        assertThrows(Failure.class, () -> books.ledger.post(fresh))
                                .reason());
                assertInstanceOf(PostResult.Replayed.class, books.ledger.post(earlier));
                assertInstanceOf(
                        PostResult.Rejected.class,
                        books.post(new Transfer(books.overhead, books.project, 100_000)));
            }
            assertEquals(
                    Reason.WRONG_STATE,
                    assertThrows(Failure.class, () -> books.check.lift(ADMIN, "", "hope", false))
                            .reason());
            books.tamper("update ledger.coin set balance = balance - 1 where kind = 'OVERHEAD'");
            assertTrue(books.check.halt().isPresent());
            books.check.lift(ADMIN, "admin/admin", "mended", false);
            assertTrue(books.check.halt().isEmpty());
            assertInstanceOf(PostResult.Posted.class, books.ledger.post(fresh));
            assertThrows(Failure.class, () -> books.check.lift(ADMIN, "", "twice", false));
            var rows = books.audit.page("ledger", "", Long.MAX_VALUE, 10);
            assertEquals(
                    List.of("LiftHalt", "Halt"),
                    rows.stream().map(row -> row.entry().action()).toList());
            assertEquals(ADMIN, rows.getFirst().entry().actor());
            var events = books.outbox.about("ledger");
            assertEquals(1, events.size());
            assertInstanceOf(LedgerHalted.class, events.getFirst().event());
            assertTrue(books.check.run().isRight());
        }
    }

    @Test
    void whatAPersonAcceptsIsNoReasonToStopAgainAndAnythingElseIs() {
        try (var books = filled()) {
            books.tamper("update ledger.request set digest = decode(repeat('01', 32), 'hex')"
                    + " where first_transaction_id = 1");
            assertFalse(books.check.run().isRight());
            books.check.lift(ADMIN, "", "the digest was lost by a bad disk", true);
            assertTrue(books.check.run().isRight());
            books.post(new Issue(books.bank, books.incoming, 1));
            assertTrue(books.check.run().isRight());
            books.tamper("update ledger.request set digest = decode(repeat('01', 32), 'hex')"
                    + " where first_transaction_id = 2");
            // It lies before what was checked, so the round over old history finds it.
            assertFalse(books.check.run().isRight());
            assertTrue(books.check.halt().isPresent());
        }
    }

    /// A backup that was put back over newer books begins like them, and ends too early.
    @Test
    void booksThatAreOlderThanWhatWasCheckedAreFound() {
        try (var books = filled()) {
            assertTrue(books.check.run().isRight());
            books.tamper(
                    "delete from ledger.batch where number = 4",
                    "delete from ledger.transaction where id = 4",
                    "delete from ledger.request where first_transaction_id = 4",
                    "delete from ledger.hold",
                    "update ledger.coin set held = 0, seq = seq - 1 where held > 0",
                    "update ledger.head set batch_number = 3, last_transaction_id = 3, chain = b.chain,"
                            + " recorded_at = b.recorded_at from ledger.batch b where b.number = 3");
            assertEquals(
                    List.of("batch 4 is not the one that was checked before"),
                    books.check.run().faults());
        }
    }

    @Test
    void valueOnATransitCoinBelongsToAProcessThatRuns() {
        try (var books = filled()) {
            var running = books.ids.next("prc");
            books.running.put(running, true);
            books.ledger.post(
                    books.request(books.id(), running, new Issue(books.bank, books.transit, 400)));
            // Through and through within one process, and within one request without one.
            books.post(
                    new Transfer(books.incoming, books.transit, 7),
                    new Transfer(books.transit, books.other, 7));
            books.ledger.post(new PostRequest(
                    books.id(),
                    null,
                    CheckedBooks.TODAY,
                    List.of(
                            new Transfer(books.incoming, books.transit, 8),
                            new Transfer(books.transit, books.other, 8)),
                    List.of(),
                    List.of(),
                    List.of(),
                    true));
            // Of this one nobody keeps a state; it may still go on today.
            var unknown = books.ids.next("prc");
            books.ledger.post(
                    books.request(books.id(), unknown, new Issue(books.bank, books.transit, 5)));
            assertEquals(List.of(), books.check.run().faults());
            books.running.put(running, false);
            var line = "coin_%d: %s has ended and left 400 on a transit coin"
                    .formatted(books.transit, running);
            assertEquals(List.of(line), books.check.run().faults());
            books.running.put(running, true);
            books.running.put(unknown, true);
            books.check.lift(ADMIN, "", "it does run", false);
            books.ledger.post(books.request(
                    books.id(), running, new Transfer(books.transit, books.project, 400)));
            books.running.put(running, false);
            assertEquals(List.of(), books.check.run().faults());
            books.ledger.post(new PostRequest(
                    books.id(),
                    null,
                    CheckedBooks.TODAY,
                    List.of(new Issue(books.bank, books.transit, 9)),
                    List.of(),
                    List.of(),
                    List.of(),
                    true));
            assertTrue(books.check.run().faults().getFirst().endsWith("left 9 on a transit coin"));
        }
    }

    /// The work of a run follows from what is new, not from what there is.
    @Test
    void aRunIsBoundedAndTheRoundsCoverEverythingInTurn() {
        try (var books = filled()) {
            int batches = 45;
            for (int i = 0; i < batches; i++) {
                var operations = new ArrayList<Operation>();
                for (int j = 0; j < 1000; j++) {
                    operations.add(new Issue(books.bank, books.incoming, 1));
                }
                books.ledger.post(books.request(operations.toArray(Operation[]::new)));
            }
            var first = books.check.run();
            assertEquals(List.of(), first.faults());
            assertEquals(4 + batches * 1000L, first.transactions());
            long looked = 0;
            int runs = 0;
            var run = first;
            do {
                run = books.check.run();
                assertTrue(run.transactions() <= SelfCheck.OLD_MAX + History.ROWS_AT_ONCE);
                looked += run.transactions();
                runs++;
            } while (run.nextBatch() != 0);
            assertEquals(4 + batches * 1000L, looked);
            assertTrue(runs > 1 && runs < 5, runs + " runs");
            assertTrue(Duration.between(run.startedAt(), run.endedAt())
                            .compareTo(SelfCheck.TIME_MAX.multipliedBy(2))
                    < 0);
        }
    }

    @Test
    void theScheduleMakesTheNextPartsOfTheJournal() {
        try (var books = filled()) {
            var parts =
                    "select count(*)::text from pg_inherits where inhparent = 'ledger.transaction'::regclass";
            var before = books.value(parts);
            books.tamper("update ledger.head set last_transaction_id = 5000001");
            assertFalse(books.check.run().isRight());
            books.check.runDue();
            assertEquals(String.valueOf(Integer.parseInt(before) + 1), books.value(parts));
        }
    }
}

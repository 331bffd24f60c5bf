package org.almonry.process;

import static org.almonry.process.RequestWorld.APPROVER;
import static org.almonry.process.RequestWorld.ASKER;
import static org.almonry.process.RequestWorld.JOB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.almonry.commission.Direction;
import org.almonry.commission.Formula;
import org.almonry.wire.Failure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// K-045, K-006: history shows processes, filtered, sorted, page by page, with totals.
class HistoryTest {
    private final RequestWorld world = new RequestWorld();
    private final List<String> made = new ArrayList<>();
    private Instant middle = Instant.EPOCH;

    /// Four transfers of 400, 100, 300, 100 and one issue of 200, some seconds apart.
    @BeforeEach
    void someProcesses() {
        world.fund(world.alice, 10_000);
        world.rule(ProcessKind.CLIENT_TRANSFER, Direction.SHARED, new Formula.Fixed(10));
        add(world.transfer(JOB, 400));
        add(world.transfer(ASKER, 100));
        middle = world.clock.instant();
        add(world.transfer(JOB, 300));
        add(world.transfer(JOB, 100));
        add(world.make(ASKER, new RequestDetails.ClientIssue(world.bob, ""), 200));
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void pagesFollowOnEachOtherInEveryOrder() {
        assertOrder(ProcessFilter.Order.NEWEST, 4, 3, 2, 1, 0);
        assertOrder(ProcessFilter.Order.OLDEST, 0, 1, 2, 3, 4);
        assertOrder(ProcessFilter.Order.LARGEST, 0, 2, 4, 3, 1);
        assertOrder(ProcessFilter.Order.SMALLEST, 3, 1, 4, 2, 0);
        assertThrows(
                Failure.class, () -> world.processes.history(ProcessFilter.ALL, "nonsense", 2));
    }

    @Test
    void filtersNarrowItAndTotalsFollow() {
        var all = world.processes.history(ProcessFilter.ALL, "", 2);
        var total = all.totals().getFirst();
        assertEquals(5, total.count());
        assertEquals(1_100, total.amounts().amount().minor());
        assertEquals(40, total.amounts().commission().minor());
        assertFound(filter("", null, null, Set.of(), Set.of(), 0, "usr_asker", null, null), 4, 1);
        assertFound(filter("", middle, null, Set.of(), Set.of(), 0, "", null, null), 4, 3, 2);
        assertFound(filter("", null, middle, Set.of(), Set.of(), 0, "", null, null), 1, 0);
        assertFound(
                filter("", null, null, Set.of(ProcessState.PENDING), Set.of(), 0, "", null, null),
                1);
        assertFound(
                filter(
                        "",
                        null,
                        null,
                        Set.of(ProcessState.WAITING_FOR_APPROVAL, ProcessState.PENDING),
                        Set.of(),
                        0,
                        "",
                        null,
                        null),
                4,
                1);
        assertFound(
                filter(
                        "",
                        null,
                        null,
                        Set.of(),
                        Set.of(ProcessKind.CLIENT_ISSUE),
                        0,
                        "",
                        null,
                        null),
                4);
        assertFound(
                filter("", null, null, Set.of(), Set.of(), world.alice, "", null, null),
                3,
                2,
                1,
                0);
        assertFound(filter("", null, null, Set.of(), Set.of(), 0, "", 200L, 300L), 4, 2);
        assertFound(filter(made.get(2), null, null, Set.of(), Set.of(), 0, "", null, null), 2);
        assertEquals(
                List.of(),
                world.processes
                        .history(
                                filter(
                                        "prc_none",
                                        null,
                                        null,
                                        Set.of(),
                                        Set.of(),
                                        0,
                                        "",
                                        null,
                                        null),
                                "",
                                5)
                        .totals());
    }

    /// K-007: the state that history shows follows the request.
    @Test
    void aRowShowsTheStateOfTheProcess() {
        var waiting = made.get(1);
        assertEquals(ProcessState.PENDING, row(waiting).state());
        world.requests.act(
                world.by(APPROVER), waiting, Action.DECLINE, RequestState.REQUIRES_CONFIRMATION);
        assertEquals(ProcessState.DECLINED, row(waiting).state());
        assertEquals(100, row(waiting).amounts().orElseThrow().amount().minor());
        assertEquals(95, row(waiting).amounts().orElseThrow().given().minor());
    }

    private History.Row row(String id) {
        var filter = filter(id, null, null, Set.of(), Set.of(), 0, "", null, null);
        return world.processes.history(filter, "", 1).rows().getFirst();
    }

    private void assertOrder(ProcessFilter.Order order, int... expected) {
        var filter =
                new ProcessFilter("", null, null, Set.of(), Set.of(), 0, "", null, null, order);
        var found = new ArrayList<String>();
        var cursor = "";
        do {
            var page = world.processes.history(filter, cursor, 2);
            page.rows().forEach(row -> found.add(row.process().id()));
            cursor = page.next();
        } while (!cursor.isEmpty());
        assertEquals(ids(expected), found, order.name());
    }

    private void assertFound(ProcessFilter filter, int... expected) {
        var page = world.processes.history(filter, "", 10);
        assertEquals(
                ids(expected),
                page.rows().stream().map(row -> row.process().id()).toList());
        assertEquals(
                expected.length,
                page.totals().stream().mapToLong(History.Total::count).sum());
    }

    private List<String> ids(int... places) {
        var ids = new ArrayList<String>();
        for (int place : places) {
            ids.add(made.get(place));
        }
        return ids;
    }

    private void add(BusinessRequest request) {
        made.add(request.id());
        world.clock.advance(Duration.ofSeconds(5));
    }

    private static ProcessFilter filter(
            String id,
            Instant from,
            Instant until,
            Set<ProcessState> states,
            Set<ProcessKind> kinds,
            long coin,
            String openedBy,
            Long min,
            Long max) {
        return new ProcessFilter(
                id,
                from,
                until,
                states,
                kinds,
                coin,
                openedBy,
                min,
                max,
                ProcessFilter.Order.NEWEST);
    }
}

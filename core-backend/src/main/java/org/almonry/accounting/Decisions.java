package org.almonry.accounting;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import org.almonry.accounting.InboxStore.Standing;
import org.almonry.audit.AuditEntry;
import org.almonry.directory.Project;
import org.almonry.error.v1.Reason;
import org.almonry.ledger.Ledger;
import org.almonry.ledger.PostRequest;
import org.almonry.ledger.PostResult;
import org.almonry.ledger.Rejection;
import org.almonry.money.Money;
import org.almonry.process.BusinessProcesses;
import org.almonry.wire.Caller;
import org.almonry.wire.Failure;
import org.almonry.wire.Ids;
import org.jdbi.v3.core.Jdbi;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/// What people decide about lines: book, put aside, take back (C-032, C-086). Each decision
/// names the version that its maker saw, and is one posting. Its ids follow from the
/// operation, so that the same operation, tried again after a crash, finds that it is done.
final class Decisions {
    private final InboxStore store;
    private final IncomingStore incoming;
    private final Targets targets;
    private final PledgeSource pledges;
    private final Booker booker;
    private final Ledger ledger;
    private final BusinessProcesses processes;
    private final Today today;

    Decisions(
            Jdbi jdbi,
            Targets targets,
            PledgeSource pledges,
            Booker booker,
            Ledger ledger,
            Today today) {
        this.store = new InboxStore(jdbi);
        this.incoming = new IncomingStore(jdbi);
        this.processes = new BusinessProcesses(jdbi);
        this.targets = requireNonNull(targets, "targets is null");
        this.pledges = requireNonNull(pledges, "pledges is null");
        this.booker = requireNonNull(booker, "booker is null");
        this.ledger = requireNonNull(ledger, "ledger is null");
        this.today = requireNonNull(today, "today is null");
    }

    /// The day where the books are kept.
    record Today(Clock clock, ZoneId zone) {
        LocalDate date() {
            return LocalDate.ofInstant(clock.instant(), zone);
        }
    }

    /// Who decides, under which operation (any id of ours), and why.
    record By(Caller caller, String operationId, String why) {
        private Booker.Order order() {
            return new Booker.Order(
                    Ids.derive(operationId, "posting"),
                    Ids.text("prc", Ids.derive(operationId, "process")),
                    caller.actor(),
                    why);
        }

        private AuditEntry audit(String action, String subject, String detail) {
            String service = caller instanceof Caller.User user ? user.identity() : "";
            return new AuditEntry(caller.actor(), service, action, subject, "ok", detail);
        }
    }

    /// A line and the version that was seen.
    record Seen(String incomingId, long version) {}

    /// Books lines of one account and direction to the parts, which sum to them; returns
    /// the booking's process.
    String book(By by, List<Seen> seen, List<Part> parts, String pledgeId) {
        var order = by.order();
        if (processes.find(order.processId()).isPresent()) {
            return order.processId();
        }
        var lines = lines(seen);
        var total = total(lines);
        var directory = targets.directory();
        check(parts, total.isNegative() ? total.negate() : total, total.isPositive(), directory);
        if (!pledgeId.isEmpty()
                && (total.isNegative() || pledges.byId(List.of(pledgeId)).isEmpty())) {
            throw new Failure(Reason.INVALID_ARGUMENT, "There is no such pledge for these lines.");
        }
        expect(seen, Booker.WAITING);
        var decision = new Booker.Decision(lines, parts, pledgeId);
        var audit = by.audit("book", order.processId(), lines.size() + " lines, " + total);
        settle(booker.booking(order, decision, directory.projects(), List.of(audit)));
        return order.processId();
    }

    /// Puts a line aside with a reason.
    void ignore(By by, Seen seen) {
        move(by, seen, Booker.WAITING, Booker.IGNORED, "ignore");
    }

    /// Takes a booking back by a correcting process, or ignoring by a step back. Returns
    /// the correcting process, empty if only ignoring was undone.
    String undo(By by, Seen seen) {
        var order = by.order();
        if (processes.find(order.processId()).isPresent()) {
            return order.processId();
        }
        var standing = standing(seen.incomingId());
        if (!standing.state().equals(Booker.BOOKED)) {
            move(by, seen, Booker.IGNORED, Booker.WAITING, "undo-ignore");
            return "";
        }
        expect(List.of(seen), Booker.BOOKED);
        var booking = store.bookings(List.of(standing.bookingId())).getFirst();
        var details = BookingDetails.of(booking.details());
        var directory = targets.directory();
        var standingBooking =
                new Booker.Standing(booking.processId(), details, incoming.all(details.incoming()));
        var audit = by.audit("undo", booking.processId(), by.why());
        settle(booker.undo(
                order, standingBooking, directory.projects(), today.date(), List.of(audit)));
        return order.processId();
    }

    private void move(By by, Seen seen, String from, String to, String action) {
        var line = incoming.find(seen.incomingId()).orElseThrow(Inbox::unknown);
        var request = booker.advance(
                by.order(), line, from, to, List.of(by.audit(action, line.id(), by.why())));
        var standing = standing(line.id());
        // Where the line is already where it should go, only this very operation may have
        // brought
        // it
        // there; the ledger knows. Anything else is stale.
        if (!standing.state().equals(to)) {
            expect(List.of(seen), from);
        }
        settle(request);
    }

    private List<Incoming> lines(List<Seen> seen) {
        var ids = new HashSet<String>();
        for (Seen one : seen) {
            if (!ids.add(one.incomingId())) {
                throw new Failure(Reason.INVALID_ARGUMENT, "A line is named twice.");
            }
        }
        var byId = incoming.all(ids).stream().collect(toMap(Incoming::id, Function.identity()));
        if (byId.size() != ids.size()) {
            throw Inbox.unknown();
        }
        return seen.stream()
                .map(one -> requireNonNull(byId.get(one.incomingId())))
                .toList();
    }

    private static Money total(List<Incoming> lines) {
        var first = lines.getFirst();
        Money sum = Money.zero(first.amount().currency());
        for (Incoming line : lines) {
            if (!line.accountId().equals(first.accountId())
                    || !line.amount().currency().equals(first.amount().currency())) {
                throw new Failure(
                        Reason.INVALID_ARGUMENT,
                        "Lines booked together are of one account and currency.");
            }
            if (line.amount().isZero() || line.isCredit() != first.isCredit()) {
                throw new Failure(
                        Reason.INVALID_ARGUMENT,
                        "Lines booked together all came in, or all went out; none is zero.");
            }
            sum = sum.plus(line.amount());
        }
        return sum;
    }

    private static void check(
            List<Part> parts, Money total, boolean receives, Targets.Directory directory) {
        Money sum = Money.zero(total.currency());
        for (Part part : parts) {
            if (!part.amount().currency().equals(total.currency())
                    || !part.amount().isPositive()) {
                throw new Failure(
                        Reason.INVALID_ARGUMENT,
                        "Each part is a positive amount in the line's currency.");
            }
            var project = directory.projects().get(part.projectId());
            if (project == null || !isMilestoneOf(project, part.milestoneId())) {
                throw new Failure(
                        Reason.INVALID_ARGUMENT, "There is no such project or milestone.");
            }
            if (receives ? !project.isActive() : project.coinId().isEmpty()) {
                throw new Failure(
                        Reason.WRONG_STATE,
                        "The project \"" + project.name() + "\" takes nothing now.");
            }
            sum = sum.plus(part.amount());
        }
        if (!sum.equals(total)) {
            throw new Failure(
                    Reason.INVALID_ARGUMENT,
                    "The parts sum to " + sum + ", the lines to " + total + ".");
        }
    }

    private static boolean isMilestoneOf(Project project, String milestoneId) {
        return milestoneId.isEmpty() || project.milestone(milestoneId).isPresent();
    }

    private Standing standing(String incomingId) {
        var found = store.standing(List.of(incomingId));
        if (found.isEmpty()) {
            throw Inbox.unknown();
        }
        return found.getFirst();
    }

    /// The version is compared first; between this and the posting the ledger guards the
    /// state.
    private void expect(List<Seen> seen, String state) {
        var ids = seen.stream().map(Seen::incomingId).toList();
        Map<String, Standing> byId = store.standing(ids).stream()
                .collect(toMap(Standing::incomingId, Function.identity()));
        for (Seen one : seen) {
            var standing = byId.get(one.incomingId());
            if (standing == null) {
                throw Inbox.unknown();
            }
            if (standing.version() != one.version() || !standing.state().equals(state)) {
                throw stale();
            }
        }
    }

    private void settle(PostRequest request) {
        switch (ledger.post(request)) {
            case PostResult.Posted _, PostResult.Replayed _ -> {
                // done, now or by an earlier try
            }
            case PostResult.Rejected rejected -> throw refusal(rejected);
            case PostResult.Conflict conflict -> conflict(request, conflict.requestId());
        }
    }

    /// The same operation came to another posting than at its first try (a day has passed,
    /// a share was changed): what stands is what was posted first.
    private void conflict(PostRequest request, UUID requestId) {
        if (processes.find(requireNonNull(request.processId())).isEmpty()) {
            throw new IllegalStateException("a request id is used twice: " + requestId);
        }
    }

    private static Failure refusal(PostResult.Rejected rejected) {
        if (rejected.rejection() == Rejection.STALE_PROCESS) {
            return stale();
        }
        return rejected.rejection() == Rejection.INSUFFICIENT_FUNDS
                ? new Failure(
                        Reason.WRONG_STATE,
                        "A project that this would take money from has spent it already. "
                                + "Move money back to it first.")
                : new Failure(Reason.WRONG_STATE, rejected.text());
    }

    private static Failure stale() {
        return new Failure(
                Reason.STALE,
                "The line was changed by somebody else meanwhile. Look again, then decide.");
    }
}

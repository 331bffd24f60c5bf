package org.almonry.accounting;

import static java.util.Objects.requireNonNull;

import org.almonry.audit.AuditEntry;
import org.almonry.directory.Project;
import org.almonry.events.DomainEvent;
import org.almonry.ledger.Operation;
import org.almonry.ledger.PostRequest;
import org.almonry.ledger.process.ProcessChange;
import org.almonry.money.Rounding;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Turns a decision about lines into one atomic posting: the parts move gross from the
/// account's incoming coin to the projects, each project's overhead share moves on (C-069),
/// the booking's process opens and every line's process advances. All of it commits, or
/// nothing.
final class Booker {
    static final String WAITING = "WAITING";
    static final String BOOKED = "BOOKED";
    static final String IGNORED = "IGNORED";
    static final String DONE = "DONE";
    static final String UNDONE = "UNDONE";

    /// A note is a sentence; the timeline shows it whole.
    private static final int WHY_MAX = 1_000;

    private final Coins coins;

    Booker(Coins coins) {
        this.coins = requireNonNull(coins, "coins is null");
    }

    /// Under which ids something is done, by whom and why. The ids repeat when it is tried
    /// again.
    record Order(UUID requestId, String processId, String actor, String why) {
        Order {
            why = plain(why);
        }
    }

    /// Lines of one account and one direction, and where their money goes. The parts sum to
    /// them.
    record Decision(List<Incoming> lines, List<Part> parts, String pledgeId) {
        Decision {
            lines = List.copyOf(lines);
            parts = List.copyOf(parts);
        }

        boolean outgoing() {
            return lines.getFirst().amount().isNegative();
        }
    }

    /// A booking that stands, and the lines that it was made of.
    record Standing(String processId, BookingDetails details, List<Incoming> lines) {}

    PostRequest booking(
            Order order, Decision decision, Map<String, Project> projects, List<AuditEntry> audit) {
        var first = decision.lines().getFirst();
        long incoming = coins.incoming(first.accountId());
        var currency = first.amount().currency();
        var gross = new ArrayList<Operation>();
        var commissions = new ArrayList<Operation>();
        var shares = new ArrayList<BookingDetails.Share>();
        for (Part part : decision.parts()) {
            var project = requireNonNull(projects.get(part.projectId()), "project was not loaded");
            long coin = coins.project(project, currency);
            long minor = part.amount().minor();
            long overhead = 0;
            if (decision.outgoing()) {
                gross.add(new Operation.Transfer(coin, incoming, minor));
            } else {
                gross.add(new Operation.Transfer(incoming, coin, minor));
                overhead = Rounding.share(part.amount(), project.overheadBasisPoints())
                        .minor();
            }
            if (overhead > 0) {
                long to = coins.overhead(currency);
                commissions.add(new Operation.Commission(coin, to, overhead));
            }
            shares.add(new BookingDetails.Share(
                    part.projectId(), part.milestoneId(), minor, overhead));
        }
        gross.addAll(commissions);
        var details = new BookingDetails(
                decision.lines().stream().map(Incoming::id).toList(),
                first.accountId(),
                currency.code(),
                shares,
                decision.pledgeId(),
                decision.outgoing(),
                order.why());
        var processes = new ArrayList<ProcessChange>();
        processes.add(new ProcessChange.Open(
                order.processId(), "BOOKING", DONE, first.id(), details.json(), order.actor()));
        for (Incoming line : decision.lines()) {
            processes.add(new ProcessChange.Advance(
                    line.processId(), WAITING, BOOKED, step("booked by ", order)));
        }
        return new PostRequest(
                order.requestId(),
                order.processId(),
                effectiveOn(decision.lines()),
                gross,
                processes,
                decision.outgoing() ? List.of() : List.of(booked(order.processId(), details)),
                audit,
                true);
    }

    /// Takes a booking back: the reverse of each of its steps, last one first.
    PostRequest undo(
            Order order,
            Standing booking,
            Map<String, Project> projects,
            LocalDate on,
            List<AuditEntry> audit) {
        var details = booking.details();
        var first = booking.lines().getFirst();
        long incoming = coins.incoming(first.accountId());
        var currency = first.amount().currency();
        var operations = new ArrayList<Operation>();
        for (var share : details.shares()) {
            var project = requireNonNull(projects.get(share.project()), "project was not loaded");
            long coin = coins.project(project, currency);
            if (share.overhead() > 0) {
                long from = coins.overhead(currency);
                operations.add(new Operation.Transfer(from, coin, share.overhead()));
            }
            operations.add(
                    details.outgoing()
                            ? new Operation.Transfer(incoming, coin, share.minor())
                            : new Operation.Transfer(coin, incoming, share.minor()));
        }
        var processes = new ArrayList<ProcessChange>();
        processes.add(new ProcessChange.Open(
                order.processId(),
                "CORRECTION",
                DONE,
                first.id(),
                new CorrectionDetails(booking.processId(), order.why()).json(),
                order.actor()));
        processes.add(new ProcessChange.Advance(
                booking.processId(), DONE, UNDONE, step("undone by ", order)));
        for (Incoming line : booking.lines()) {
            processes.add(new ProcessChange.Advance(
                    line.processId(), BOOKED, WAITING, step("undone by ", order)));
        }
        return new PostRequest(
                order.requestId(),
                order.processId(),
                on,
                operations,
                processes,
                details.outgoing()
                        ? List.of()
                        : List.of(new DomainEvent.GiftUndone(
                                order.processId(),
                                booking.processId(),
                                details.incoming(),
                                details.pledge(),
                                eventParts(details),
                                details.currency())),
                audit,
                true);
    }

    /// Only the line's own process moves: aside with a reason, or back.
    PostRequest advance(
            Order order, Incoming line, String from, String to, List<AuditEntry> audit) {
        return new PostRequest(
                order.requestId(),
                line.processId(),
                line.bookingDate(),
                List.of(),
                List.of(new ProcessChange.Advance(line.processId(), from, to, order.why())),
                List.of(),
                audit,
                true);
    }

    private static String step(String did, Order order) {
        return did + order.processId() + (order.why().isEmpty() ? "" : ": " + order.why());
    }

    private static DomainEvent booked(String processId, BookingDetails details) {
        return new DomainEvent.GiftBooked(
                processId,
                details.incoming(),
                details.pledge(),
                eventParts(details),
                details.currency());
    }

    private static List<DomainEvent.Part> eventParts(BookingDetails details) {
        return details.shares().stream()
                .map(share ->
                        new DomainEvent.Part(share.project(), share.milestone(), share.minor()))
                .toList();
    }

    private static LocalDate effectiveOn(List<Incoming> lines) {
        return lines.stream()
                .map(Incoming::bookingDate)
                .max(LocalDate::compareTo)
                .orElseThrow();
    }

    /// What people and banks write, without marks that break a line or a database.
    private static String plain(String text) {
        var plain = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return plain.length() > WHY_MAX ? plain.substring(0, WHY_MAX) : plain;
    }
}

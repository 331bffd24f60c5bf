package org.almonry.accounting;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import org.almonry.accounting.InboxStore.Booked;
import org.almonry.accounting.InboxStore.Standing;
import org.almonry.accounting.InboxStore.Suggested;
import org.almonry.error.v1.Reason;
import org.almonry.money.Currency;
import org.almonry.wire.Failure;
import org.jdbi.v3.core.Jdbi;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The incoming lines as people see them: where each stands, where it may belong and why,
/// where it went (C-032, C-086). Suggestions are made when they are looked at, so that they
/// know the projects and pledges of today; a page costs a fixed number of queries.
final class Inbox {
    /// Open pledges that lines without a code are compared with; older ones say little.
    private static final int PLEDGES_MAX = 500;

    private final InboxStore store;
    private final IncomingStore incoming;
    private final Targets targets;
    private final PledgeSource pledges;
    private final ExchangeRates rates;

    Inbox(Jdbi jdbi, Targets targets, PledgeSource pledges, ExchangeRates rates) {
        this.store = new InboxStore(jdbi);
        this.incoming = new IncomingStore(jdbi);
        this.targets = requireNonNull(targets, "targets is null");
        this.pledges = requireNonNull(pledges, "pledges is null");
        this.rates = requireNonNull(rates, "rates is null");
    }

    /// Which lines are wanted; empty texts mean all.
    record Filter(String state, String account, String search, String before, int size) {}

    /// A line with all that is known of it.
    record View(
            Incoming line,
            Standing standing,
            List<Suggestion> suggestions,
            List<Part> booked,
            List<Suggested> byMembers,
            String rateNote) {}

    /// Lines, newest first; `next` is empty on the last page. `directory` knows the names.
    record Page(List<View> views, String next, long waiting, Targets.Directory directory) {}

    /// What waits; `oldest` is empty if nothing does.
    record Waiting(long count, String oldest) {}

    Page page(Filter filter) {
        var standings = store.page(
                filter.state(),
                filter.account(),
                filter.search(),
                filter.before(),
                filter.size() + 1);
        boolean more = standings.size() > filter.size();
        var shown = more ? standings.subList(0, filter.size()) : standings;
        var lines = incoming.all(shown.stream().map(Standing::incomingId).toList());
        var known = targets.read(lines);
        return new Page(
                views(shown, lines, known),
                more ? shown.getLast().incomingId() : "",
                store.waiting(),
                known.directory());
    }

    /// One line with its raw text; fails with NOT_FOUND.
    Page get(String id) {
        var line = incoming.find(id).orElseThrow(() -> unknown());
        var standings = store.standing(List.of(id));
        if (standings.isEmpty()) {
            throw unknown();
        }
        var known = targets.read(List.of(line));
        return new Page(views(standings, List.of(line), known), "", 0, known.directory());
    }

    /// Some lines, in the given order, without raw text.
    Page some(List<String> ids) {
        var byId = store.standing(ids).stream()
                .collect(toMap(Standing::incomingId, Function.identity()));
        var standings = ids.stream().map(byId::get).toList();
        var lines = incoming.all(ids);
        var known = targets.read(lines);
        return new Page(views(standings, lines, known), "", 0, known.directory());
    }

    /// How many lines wait, and since which booking date.
    Waiting waiting() {
        return new Waiting(
                store.waiting(), store.oldestWaiting().map(LocalDate::toString).orElse(""));
    }

    static Failure unknown() {
        return new Failure(Reason.NOT_FOUND, "There is no such line.");
    }

    private List<View> views(List<Standing> standings, List<Incoming> lines, Targets.Known known) {
        var byId = lines.stream().collect(toMap(Incoming::id, Function.identity()));
        var waiting = standings.stream()
                .filter(standing -> standing.state().equals(Booker.WAITING))
                .map(standing -> byId.get(standing.incomingId()))
                .toList();
        var suggestions = suggestions(waiting, known);
        var bookings = bookings(standings);
        var byMembers = byMembers(byId.keySet());
        var views = new ArrayList<View>();
        for (Standing standing : standings) {
            var line = requireNonNull(byId.get(standing.incomingId()));
            var booking = Optional.ofNullable(bookings.get(standing.bookingId()));
            views.add(new View(
                    line,
                    standing,
                    suggestions.getOrDefault(line.id(), List.of()),
                    booking.map(it -> BookingDetails.of(it.details()).parts()).orElse(List.of()),
                    byMembers.getOrDefault(line.id(), List.of()),
                    rates.note(line.amount(), line.bookingDate()).orElse("")));
        }
        return views;
    }

    private Map<String, List<Suggestion>> suggestions(List<Incoming> lines, Targets.Known known) {
        if (lines.isEmpty()) {
            return Map.of();
        }
        var earlier = earlier(lines, known.directory());
        var open = new HashMap<Currency, List<Target.Pledged>>();
        var found = new HashMap<String, List<Suggestion>>();
        for (Incoming line : lines) {
            var waiting = open.computeIfAbsent(
                    line.amount().currency(),
                    currency -> pledges.waiting(currency, PLEDGES_MAX).stream()
                            .map(pledge -> Targets.judged(pledge, known.directory()))
                            .filter(Target.Pledged::open)
                            .toList());
            var seen = earlier.getOrDefault(line.counterpartyAccount(), List.of());
            found.put(
                    line.id(),
                    Matcher.suggestions(line, new Matcher.Clues(known.of(line), seen, waiting)));
        }
        return found;
    }

    /// Where money of these lines' account numbers went before.
    private Map<String, List<Matcher.Earlier>> earlier(
            List<Incoming> lines, Targets.Directory directory) {
        var accounts = new HashSet<String>();
        lines.forEach(line -> accounts.add(line.counterpartyAccount()));
        accounts.remove("");
        if (accounts.isEmpty()) {
            return Map.of();
        }
        var result = new HashMap<String, List<Matcher.Earlier>>();
        store.earlier(accounts).stream()
                .collect(groupingBy(InboxStore.Earlier::account))
                .forEach((account, bookings) -> result.put(account, counted(bookings, directory)));
        return result;
    }

    private static List<Matcher.Earlier> counted(
            List<InboxStore.Earlier> bookings, Targets.Directory directory) {
        var times = new LinkedHashMap<String, Integer>();
        var targets = new HashMap<String, Target>();
        for (var booking : bookings) {
            for (Part part : BookingDetails.of(booking.details()).parts()) {
                directory.target(part.projectId(), part.milestoneId()).ifPresent(target -> {
                    targets.put(target.id(), target);
                    times.merge(target.id(), 1, Integer::sum);
                });
            }
        }
        return times.entrySet().stream()
                .map(entry -> new Matcher.Earlier(
                        requireNonNull(targets.get(entry.getKey())), entry.getValue()))
                .toList();
    }

    private Map<String, Booked> bookings(List<Standing> standings) {
        var ids = standings.stream()
                .filter(standing -> standing.state().equals(Booker.BOOKED))
                .map(Standing::bookingId)
                .distinct()
                .toList();
        return ids.isEmpty()
                ? Map.of()
                : store.bookings(ids).stream()
                        .collect(toMap(Booked::processId, Function.identity()));
    }

    private Map<String, List<Suggested>> byMembers(Collection<String> ids) {
        var result = new HashMap<String, List<Suggested>>();
        for (Suggested suggested : store.suggested(ids)) {
            for (String id : suggested.incomingIds()) {
                result.computeIfAbsent(id, key -> new ArrayList<>()).add(suggested);
            }
        }
        return result;
    }
}

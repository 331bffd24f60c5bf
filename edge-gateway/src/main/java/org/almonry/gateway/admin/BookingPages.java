package org.almonry.gateway.admin;

import io.grpc.StatusRuntimeException;
import io.helidon.webserver.http.HttpRouting;

import org.almonry.accounting.v1.BookIncomingRequest;
import org.almonry.accounting.v1.IgnoreIncomingRequest;
import org.almonry.accounting.v1.Incoming;
import org.almonry.accounting.v1.IncomingRef;
import org.almonry.accounting.v1.IncomingState;
import org.almonry.accounting.v1.UndoIncomingRequest;
import org.almonry.error.v1.Reason;
import org.almonry.gateway.Answer;
import org.almonry.gateway.Desk;
import org.almonry.gateway.FormState;
import org.almonry.gateway.Visit;
import org.almonry.type.v1.Money;
import org.almonry.webkit.AmountInput;
import org.almonry.webkit.AmountInput.Parsed;
import org.almonry.webkit.Format;
import org.almonry.webkit.Problem;
import org.almonry.wire.Failure;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a person does with incoming lines: accept a suggestion, assign one line or several
/// to one project or several, ignore with a reason, undo. Assigning goes in two steps, both
/// without effect until the second one's button: a form (its content stands in the address,
/// so that nothing is lost by going back), and a page that says in words what will be
/// booked.
final class BookingPages {

    private static final Pattern LINE = Pattern.compile("([a-z0-9_]{1,60}):([0-9]{1,18})");
    private static final int LINES_MAX = 50;
    private static final int ROWS = 2;

    private BookingPages() {}

    static void route(Desk desk, HttpRouting.Builder routes) {
        desk.get(routes, "/incoming/assign", BookingPages::assign);
        desk.get(routes, "/incoming/review", BookingPages::review);
        desk.post(routes, "/incoming/book", "book", BookingPages::book);
        desk.get(routes, "/incoming/{id}/ignore", visit -> aside(visit, "ignore"));
        desk.post(routes, "/incoming/{id}/ignore", "ignore", BookingPages::ignore);
        desk.get(routes, "/incoming/{id}/undo", visit -> aside(visit, "undo"));
        desk.post(routes, "/incoming/{id}/undo", "undo", BookingPages::undo);
    }

    // Assigning.

    private static Answer assign(Visit visit) {
        var targets = Targets.of(visit);
        var lines = lines(visit, targets);
        if (lines.isEmpty()) {
            return Answer.seeOther("/incoming?done=none-picked");
        }
        int rows = rows(visit);
        var form = form(visit, rows);
        if (form.value("amount0").isEmpty() && visit.query("rows").isEmpty()) {
            form.with("amount0", visit.view().typed(sum(lines)));
        }
        return Answer.page("admin/assign", page(visit, targets, lines, form, rows));
    }

    private static AssignPage page(
            Visit visit, Targets targets, List<Line> lines, FormState form, int rows) {
        return new AssignPage(lines, sum(lines), form, targets.choices(visit.view()), rows);
    }

    private static Answer review(Visit visit) {
        var targets = Targets.of(visit);
        var lines = lines(visit, targets);
        if (lines.isEmpty()) {
            return Answer.seeOther("/incoming?done=none-picked");
        }
        int rows = rows(visit);
        var form = form(visit, rows);
        var sum = sum(lines);
        var parts = parts(visit, targets, form, rows, sum.getCurrency());
        long given = parts.stream()
                .mapToLong(part -> part.amount().getMinor())
                .reduce(0, Math::addExact);
        if (!form.hasErrors() && given != sum.getMinor()) {
            var view = visit.view();
            var both = Money.newBuilder().setCurrency(sum.getCurrency());
            form.wrong(
                    "amount0",
                    view.t(
                            "assign.sum-differs",
                            "parts",
                            view.money(both.setMinor(given).build()),
                            "sum",
                            view.money(sum)));
        }
        if (form.hasErrors()) {
            return Answer.refused("admin/assign", page(visit, targets, lines, form, rows));
        }
        String back = visit.self("").replaceFirst("^/incoming/review", "/incoming/assign");
        return Answer.page(
                "admin/review", new ReviewPage(lines, sum, parts, form.value("note"), back));
    }

    private static FormState form(Visit visit, int rows) {
        var form = FormState.of(visit::query, "note");
        for (int i = 0; i < rows; i++) {
            form.with("target" + i, visit.query("target" + i));
            form.with("amount" + i, visit.query("amount" + i));
        }
        return form;
    }

    private static int rows(Visit visit) {
        int rows = ROWS;
        for (int i = rows; i < AssignPage.ROWS_MAX; i++) {
            if (!visit.query("target" + i).isEmpty()
                    || !visit.query("amount" + i).isEmpty()) {
                rows = i + 1;
            }
        }
        String wanted = visit.query("rows");
        if (wanted.matches("[0-9]{1,2}")) {
            rows = Math.clamp(Integer.parseInt(wanted), rows, AssignPage.ROWS_MAX);
        }
        return rows;
    }

    private static List<Part> parts(
            Visit visit, Targets targets, FormState form, int rows, String currency) {
        var parts = new ArrayList<Part>();
        var used = new HashSet<String>();
        for (int i = 0; i < rows; i++) {
            String target = form.value("target" + i);
            String typed = form.value("amount" + i);
            if (target.isEmpty() && typed.isEmpty()) {
                continue;
            }
            if (!targets.offers(target)) {
                form.wrong("target" + i, visit.view().t("assign.no-target"));
            } else if (!used.add(target)) {
                form.wrong("target" + i, visit.view().t("assign.twice"));
            }
            Money amount = amount(visit, form, "amount" + i, typed, currency);
            if (targets.offers(target)) {
                parts.add(targets.part(target, amount));
            }
        }
        if (parts.isEmpty()) {
            form.wrong("target0", visit.view().t("assign.no-target"));
        }
        return parts;
    }

    private static Money amount(
            Visit visit, FormState form, String field, String typed, String currency) {
        var money = Money.newBuilder().setCurrency(currency);
        switch (AmountInput.parse(typed, Format.scale(currency))) {
            case Parsed.Amount amount when amount.minor() > 0 -> money.setMinor(amount.minor());
            case Parsed.TooPrecise precise ->
                form.wrong(field, visit.view().n("error.decimals", precise.decimals()));
            case Parsed.Amount _, Parsed.Missing _, Parsed.Negative _, Parsed.Unreadable _ ->
                form.wrong(field, visit.view().t("error.amount"));
        }
        return money.build();
    }

    private static List<Line> lines(Visit visit, Targets targets) {
        var ids = visit.queries("line").stream().distinct().toList();
        if (ids.size() > LINES_MAX) {
            throw Problem.badRequest();
        }
        var lines = new ArrayList<Line>();
        for (String id : ids) {
            Line line = Line.of(visit.view(), targets, IncomingPages.find(visit, id));
            if (!line.tickable()) {
                throw new Failure(Reason.WRONG_STATE, visit.view().t("assign.not-waiting"));
            }
            if (!lines.isEmpty()
                    && !lines.getFirst()
                            .amount()
                            .getCurrency()
                            .equals(line.amount().getCurrency())) {
                throw new Failure(Reason.WRONG_STATE, visit.view().t("assign.currencies"));
            }
            lines.add(line);
        }
        return lines;
    }

    private static Money sum(List<Line> lines) {
        long sum = lines.stream()
                .mapToLong(line -> line.amount().getMinor())
                .reduce(0, Math::addExact);
        return lines.getFirst().amount().toBuilder().setMinor(sum).build();
    }

    // Doing it.

    private static Answer book(Visit visit) {
        var request = BookIncomingRequest.newBuilder()
                .setIdempotencyKey(visit.form().text("key"))
                .setPledgeId(visit.form().text("pledge_id"))
                .setNote(visit.form().text("note"));
        for (String line : visit.form().all("line")) {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw Problem.badRequest();
            }
            request.addIncoming(ref(matcher.group(1), matcher.group(2)));
        }
        visit.form().all("part").forEach(part -> request.addAllocations(Part.allocation(part)));
        var _ = visit.core().accounting().bookIncoming(request.build());
        return Answer.seeOther(done(visit.form().text("then"), "booked"));
    }

    /// Only pages of the inbox are come back to, whatever the form says.
    private static String done(String then, String what) {
        boolean ours = then.matches("/incoming(/[a-z0-9_]{1,60})?(\\?[A-Za-z0-9=&%+._*-]*)?");
        String path = ours ? then : "/incoming";
        return path + (path.contains("?") ? "&" : "?") + "done=" + what;
    }

    private static IncomingRef ref(String id, String version) {
        return IncomingRef.newBuilder()
                .setIncomingId(id)
                .setVersion(Long.parseLong(version))
                .build();
    }

    // Putting aside and taking back.

    private static Answer aside(Visit visit, String action) {
        Incoming incoming = IncomingPages.find(visit, visit.path("id"));
        var form = new FormState()
                .with("key", visit.view().newKey())
                .with("version", Long.toString(incoming.getVersion()));
        return Answer.page("admin/aside", aside(visit, action, incoming, form));
    }

    private static AsidePage aside(Visit visit, String action, Incoming incoming, FormState form) {
        boolean booked = incoming.getState() == IncomingState.INCOMING_STATE_BOOKED;
        String effect = action.equals("undo")
                ? booked ? "undo.effect-booked" : "undo.effect-ignored"
                : "ignore.effect";
        var line = Line.of(visit.view(), Targets.of(visit), incoming);
        return new AsidePage(
                action,
                line,
                action.equals("undo") ? incoming.getAllocationsList() : List.of(),
                effect,
                form);
    }

    private static Answer ignore(Visit visit) {
        return change(visit, "ignore", "ignored", (ref, form) -> {
            var _ = visit.core()
                    .accounting()
                    .ignoreIncoming(IgnoreIncomingRequest.newBuilder()
                            .setIdempotencyKey(form.value("key"))
                            .setIncoming(ref)
                            .setReason(form.value("reason"))
                            .build());
        });
    }

    private static Answer undo(Visit visit) {
        return change(visit, "undo", "undone", (ref, form) -> {
            var _ = visit.core()
                    .accounting()
                    .undoIncoming(UndoIncomingRequest.newBuilder()
                            .setIdempotencyKey(form.value("key"))
                            .setIncoming(ref)
                            .setReason(form.value("reason"))
                            .build());
        });
    }

    @FunctionalInterface
    private interface Change {
        void make(IncomingRef ref, FormState form);
    }

    private static Answer change(Visit visit, String action, String done, Change change) {
        String id = visit.path("id");
        var form =
                FormState.of(visit.form(), "key", "version", "reason").need(visit.view(), "reason");
        if (!form.value("version").matches("[0-9]{1,18}")) {
            throw Problem.badRequest();
        }
        if (!form.hasErrors()) {
            try {
                change.make(ref(id, form.value("version")), form);
                return Answer.seeOther("/incoming/" + id + "?done=" + done);
            } catch (StatusRuntimeException thrown) {
                var failure = Failure.from(thrown);
                if (failure.reason() != Reason.INVALID_ARGUMENT) {
                    throw failure;
                }
                form.take(visit.view(), failure);
            }
        }
        return Answer.refused(
                "admin/aside", aside(visit, action, IncomingPages.find(visit, id), form));
    }
}

package org.almonry.gateway.admin;

import io.helidon.webserver.http.HttpRouting;

import org.almonry.gateway.Answer;
import org.almonry.gateway.Desk;
import org.almonry.gateway.FormState;
import org.almonry.gateway.Visit;
import org.almonry.ledger.v1.CloseBooksRequest;
import org.almonry.ledger.v1.Issuer;
import org.almonry.ledger.v1.ListPeriodsRequest;
import org.almonry.webkit.Problem;

import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;

/// Closing the books. It cannot be undone, so the day is chosen on one page and confirmed on
/// the next.
public final class PeriodPages {

    private final Clock clock;

    private PeriodPages(Clock clock) {
        this.clock = clock;
    }

    /// Adds the pages.
    public static void route(Desk desk, HttpRouting.Builder routes, Clock clock) {
        var pages = new PeriodPages(clock);
        desk.get(routes, "/periods", pages::list);
        desk.get(routes, "/periods/close", pages::ask);
        desk.post(routes, "/periods/close", "close-books", pages::close);
    }

    private static List<Issuer> issuers(Visit visit) {
        return visit.core()
                .ledgerPeriods()
                .listPeriods(ListPeriodsRequest.getDefaultInstance())
                .getIssuersList();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private Answer list(Visit visit) {
        // Most close the month before.
        var proposed = YearMonth.from(today()).minusMonths(1).atEndOfMonth();
        var form = new FormState().with("closed_to", proposed.toString());
        return Answer.page("admin/periods", new PeriodsPage(issuers(visit), form));
    }

    private Answer ask(Visit visit) {
        var form = FormState.of(visit::query, "issuer_key", "closed_to");
        check(visit, form);
        return form.hasErrors()
                ? Answer.refused("admin/periods", new PeriodsPage(issuers(visit), form))
                : Answer.page(
                        "admin/close-books",
                        new ClosePage(
                                issuer(visit, form),
                                form.with("key", visit.view().newKey())));
    }

    private void check(Visit visit, FormState form) {
        var day = Typed.day(visit.view(), form, "closed_to");
        form.need(visit.view(), "closed_to");
        if (day.isPresent() && !day.get().isBefore(today())) {
            form.wrong("closed_to", visit.view().t("period.not-over"));
        }
    }

    private static Issuer issuer(Visit visit, FormState form) {
        return issuers(visit).stream()
                .filter(each -> each.getKey().equals(form.value("issuer_key")))
                .findFirst()
                .orElseThrow(Problem::notFound);
    }

    private Answer close(Visit visit) {
        var form = FormState.of(visit.form(), "key", "issuer_key", "closed_to");
        check(visit, form);
        return Typed.submit(
                visit,
                form,
                () -> {
                    var _ = visit.core()
                            .ledgerPeriods()
                            .closeBooks(CloseBooksRequest.newBuilder()
                                    .setIdempotencyKey(form.value("key"))
                                    .setIssuerKey(form.value("issuer_key"))
                                    .setClosedTo(form.value("closed_to"))
                                    .build());
                },
                () -> Answer.seeOther("/periods?done=books-closed"),
                () -> Answer.refused("admin/periods", new PeriodsPage(issuers(visit), form)));
    }
}

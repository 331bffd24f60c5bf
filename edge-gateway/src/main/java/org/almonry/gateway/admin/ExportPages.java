package org.almonry.gateway.admin;

import io.helidon.webserver.http.HttpRouting;

import org.almonry.accounting.v1.ExportEntriesRequest;
import org.almonry.accounting.v1.ExportEntriesResponse;
import org.almonry.gateway.Answer;
import org.almonry.gateway.Desk;
import org.almonry.gateway.FormState;
import org.almonry.gateway.View;
import org.almonry.gateway.Visit;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Iterator;

/// Booked entries as CSV for the certified tax software (C-021). "New since the last
/// export" moves a mark in the core, so it is a form; a range of dates changes nothing, so
/// it is an address.
public final class ExportPages {

    private final Clock clock;

    private ExportPages(Clock clock) {
        this.clock = clock;
    }

    /// Adds the pages.
    public static void route(Desk desk, HttpRouting.Builder routes, Clock clock) {
        var pages = new ExportPages(clock);
        desk.get(routes, "/export", _ -> Answer.page("admin/export", new FormState()));
        desk.get(routes, "/export.csv", pages::range);
        desk.post(routes, "/export.csv", "export", visit -> pages.send(visit, "", ""));
    }

    private Answer range(Visit visit) {
        var form = FormState.of(visit::query, "from", "to");
        LocalDate from = day(visit.view(), form, "from");
        LocalDate to = day(visit.view(), form, "to");
        if (!form.hasErrors() && from.isAfter(to)) {
            form.wrong("to", visit.view().t("error.backwards"));
        }
        return form.hasErrors()
                ? Answer.refused("admin/export", form)
                : send(visit, from.toString(), to.toString());
    }

    private static LocalDate day(View view, FormState form, String field) {
        try {
            return LocalDate.parse(form.value(field));
        } catch (DateTimeException unreadable) {
            form.wrong(field, view.t("error.date"));
            return LocalDate.EPOCH;
        }
    }

    private Answer send(Visit visit, String from, String to) {
        Iterator<ExportEntriesResponse> pieces = visit.core()
                .accounting()
                .exportEntries(ExportEntriesRequest.newBuilder()
                        .setFromDate(from)
                        .setToDate(to)
                        .build());
        String name = "almonry-entries-"
                + (from.isEmpty() ? LocalDate.now(clock).toString() : from + "-" + to)
                + ".csv";
        return Download.send(
                visit, name, "text/csv; charset=utf-8", pieces, ExportEntriesResponse::getChunk);
    }
}

package org.almonry.gateway.admin;

import io.helidon.webserver.http.HttpRouting;

import org.almonry.gateway.Answer;
import org.almonry.gateway.Choice;
import org.almonry.gateway.Desk;
import org.almonry.gateway.FormState;
import org.almonry.gateway.View;
import org.almonry.gateway.Visit;
import org.almonry.ledger.v1.ExportJournalRequest;
import org.almonry.ledger.v1.ExportJournalResponse;
import org.almonry.ledger.v1.JournalFormat;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Supplier;

/// The journal of a period as a file for other programs. It changes nothing in the books, so
/// it is an address.
public final class JournalPages {

    private final Clock clock;

    private JournalPages(Clock clock) {
        this.clock = clock;
    }

    /// Adds the pages.
    public static void route(Desk desk, HttpRouting.Builder routes, Clock clock) {
        var pages = new JournalPages(clock);
        desk.get(routes, "/journal", visit -> {
            LocalDate today = LocalDate.now(pages.clock);
            var form = new FormState()
                    .with("format", "csv")
                    .with("from", today.withDayOfYear(1).toString())
                    .with("to", today.toString());
            return Answer.page("admin/journal", page(visit.view(), form));
        });
        desk.get(routes, "/journal/file", JournalPages::file);
    }

    private static JournalPage page(View view, FormState form) {
        return new JournalPage(
                form,
                List.of(
                        new Choice("csv", view.t("journal.format.csv")),
                        new Choice("beancount", view.t("journal.format.beancount")),
                        new Choice("hledger", view.t("journal.format.hledger"))));
    }

    private static Answer file(Visit visit) {
        var form = FormState.of(visit::query, "format", "from", "to");
        CoinPages.period(visit.view(), form);
        if (format(form) == JournalFormat.JOURNAL_FORMAT_UNSPECIFIED) {
            form.wrong("format", visit.view().t("journal.choose"));
        }
        Supplier<Answer> sent = () -> Download.send(
                visit,
                name(form),
                form.value("format").equals("csv")
                        ? "text/csv; charset=utf-8"
                        : "text/plain; charset=utf-8",
                visit.core()
                        .ledger()
                        .exportJournal(ExportJournalRequest.newBuilder()
                                .setFormat(format(form))
                                .setFrom(form.value("from"))
                                .setTo(form.value("to"))
                                .build()),
                ExportJournalResponse::getChunk);
        return Typed.submit(
                visit,
                form,
                () -> {},
                sent,
                () -> Answer.refused("admin/journal", page(visit.view(), form)));
    }

    private static JournalFormat format(FormState form) {
        return switch (form.value("format")) {
            case "csv" -> JournalFormat.JOURNAL_FORMAT_CSV;
            case "beancount" -> JournalFormat.JOURNAL_FORMAT_BEANCOUNT;
            case "hledger" -> JournalFormat.JOURNAL_FORMAT_HLEDGER;
            default -> JournalFormat.JOURNAL_FORMAT_UNSPECIFIED;
        };
    }

    /// Days are ISO dates here, checked before, so nothing else gets into the header.
    private static String name(FormState form) {
        String from = form.value("from");
        String to = form.value("to");
        String period = (from.isEmpty() ? "" : "-from-" + from) + (to.isEmpty() ? "" : "-to-" + to);
        String end = form.value("format").equals("hledger") ? "journal" : form.value("format");
        return "almonry-journal" + period + "." + end;
    }
}

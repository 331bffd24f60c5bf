package org.almonry.gateway.admin;

import io.grpc.StatusRuntimeException;
import io.helidon.webserver.http.HttpRouting;

import org.almonry.accounting.v1.AddRateRequest;
import org.almonry.accounting.v1.ExchangeRate;
import org.almonry.accounting.v1.ListRatesRequest;
import org.almonry.error.v1.Reason;
import org.almonry.gateway.Answer;
import org.almonry.gateway.Desk;
import org.almonry.gateway.FormState;
import org.almonry.gateway.Visit;
import org.almonry.wire.Failure;

import java.util.Locale;
import java.util.Set;

/// Exchange rates, each with its direction, source and day (C-082a). They are shown beside
/// amounts; nothing is converted with them.
public final class RatePages {

    /// A rate is decimal text all the way; it is never parsed into a number here.
    private static final String DECIMAL = "[0-9]{1,9}(\\.[0-9]{1,9})?";

    private static final Set<Reason> TOLD_IN_FORM =
            Set.of(Reason.INVALID_ARGUMENT, Reason.WRONG_STATE);

    private RatePages() {}

    /// Adds the pages.
    public static void route(Desk desk, HttpRouting.Builder routes) {
        desk.get(
                routes,
                "/rates",
                visit -> Answer.page(
                        "admin/rates",
                        page(visit, new FormState().with("key", visit.view().newKey()))));
        desk.post(routes, "/rates", "rate", RatePages::add);
    }

    private static RatesPage page(Visit visit, FormState form) {
        var found = visit.core().accounting().listRates(ListRatesRequest.getDefaultInstance());
        return new RatesPage(found.getRatesList(), form);
    }

    private static Answer add(Visit visit) {
        var view = visit.view();
        var form = FormState.of(visit.form(), "key", "base", "quote", "rate", "source", "date")
                .need(view, "base", "quote", "rate", "source", "date");
        String rate = form.value("rate").replace(',', '.');
        if (!rate.matches(DECIMAL)) {
            form.wrong("rate", view.t("error.decimal"));
        }
        if (!form.hasErrors()) {
            try {
                var _ = visit.core()
                        .accounting()
                        .addRate(AddRateRequest.newBuilder()
                                .setIdempotencyKey(form.value("key"))
                                .setRate(ExchangeRate.newBuilder()
                                        .setBase(form.value("base").toUpperCase(Locale.ROOT))
                                        .setQuote(form.value("quote").toUpperCase(Locale.ROOT))
                                        .setRate(rate)
                                        .setSource(form.value("source"))
                                        .setDate(form.value("date")))
                                .build());
                return Answer.seeOther("/rates?done=rate-added");
            } catch (StatusRuntimeException thrown) {
                var failure = Failure.from(thrown);
                if (!TOLD_IN_FORM.contains(failure.reason())) {
                    throw failure;
                }
                form.take(view, failure);
            }
        }
        return Answer.refused("admin/rates", page(visit, form));
    }
}

package org.almonry.gateway.admin;

import io.helidon.webserver.http.HttpRouting;

import org.almonry.error.v1.Reason;
import org.almonry.gateway.Answer;
import org.almonry.gateway.Desk;
import org.almonry.gateway.FormState;
import org.almonry.gateway.View;
import org.almonry.gateway.Visit;
import org.almonry.process.v1.CalculateCommissionRequest;
import org.almonry.type.v1.Money;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What would it cost (K-056): the core's own calculation, so to the minor unit what would be
/// booked today.
public final class CostPages {

    private static final Map<Reason, String> TOLD =
            Map.of(Reason.INVALID_ARGUMENT, "", Reason.NOT_FOUND, "profile");

    private CostPages() {}

    /// Adds the page.
    public static void route(Desk desk, HttpRouting.Builder routes) {
        desk.get(routes, "/costs", CostPages::costs);
    }

    private static Answer costs(Visit visit) {
        View view = visit.view();
        var form = FormState.of(visit::query, "kind", "owner", "profile", "amount", "currency");
        boolean isAsked =
                !visit.query("amount").isEmpty() || !visit.query("kind").isEmpty();
        if (form.value("currency").isEmpty()) {
            form.with("currency", view.currency());
        }
        if (!isAsked) {
            return Answer.page("admin/costs", page(visit, form, null));
        }
        String currency = form.value("currency").toUpperCase(Locale.ROOT);
        if (!currency.matches("[A-Z]{3}")) {
            form.wrong("currency", view.t("error.currency"));
        }
        var _ = Owners.meant(visit, form, "owner");
        if (!form.value("owner").isEmpty() && !form.value("profile").isEmpty()) {
            form.wrong("owner", view.t("costs.either"));
        }
        form.need(view, "amount");
        Optional<Money> amount = Typed.amount(view, form, "amount", currency);
        return Typed.submit(
                visit,
                form,
                TOLD,
                () -> {
                    long minor = amount.orElseThrow().getMinor();
                    return Answer.page(
                            "admin/costs", page(visit, form, result(visit, form, currency, minor)));
                },
                () -> Answer.refused("admin/costs", page(visit, form, null)));
    }

    private static CostPage page(Visit visit, FormState form, CostPage.@Nullable Result result) {
        View view = visit.view();
        return new CostPage(
                form,
                PriceWords.kinds(view, false),
                Profiles.choices(Profiles.all(visit), view.t("costs.by-contract")),
                Owners.known(visit),
                result);
    }

    /// The amount itself, then the line around it, which needs to know the edges.
    private static CostPage.Result result(
            Visit visit, FormState form, String currency, long minor) {
        var question = CalculateCommissionRequest.newBuilder()
                .setKind(PriceWords.kind(form.value("kind")))
                .setCurrency(currency)
                .setOwner(form.value("owner"))
                .setProfileId(form.value("profile"));
        var core = visit.core().commissions();
        var exact =
                core.calculateCommission(question.clone().addAmountsMinor(minor).build());
        List<Long> amounts = Plot.amounts(minor, exact.getEdgesMinorList());
        var line = core.calculateCommission(
                question.clone().addAllAmountsMinor(amounts).build());
        var price = exact.getPrices(0);
        return new CostPage.Result(
                price.hasCalculation() ? price.getCalculation() : null,
                exact.getProfilesList(),
                Plot.of(visit.view(), currency, line.getPricesList()));
    }
}

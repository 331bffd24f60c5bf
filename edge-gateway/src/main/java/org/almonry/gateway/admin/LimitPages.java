package org.almonry.gateway.admin;

import io.helidon.webserver.http.HttpRouting;

import org.almonry.error.v1.Reason;
import org.almonry.gateway.Answer;
import org.almonry.gateway.Desk;
import org.almonry.gateway.FormState;
import org.almonry.gateway.View;
import org.almonry.gateway.Visit;
import org.almonry.process.v1.Limit;
import org.almonry.process.v1.LimitConsequence;
import org.almonry.process.v1.LimitMeasure;
import org.almonry.process.v1.LimitPeriod;
import org.almonry.process.v1.ListLimitsRequest;
import org.almonry.process.v1.Profile;
import org.almonry.process.v1.PutLimitRequest;
import org.almonry.webkit.Problem;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/// Limits of price lists (K-055): all of them, another one, and one put anew. The version
/// before stays stored; what was used is counted against the new one.
public final class LimitPages {

    private static final Map<Reason, String> TOLD = Map.of(
            Reason.INVALID_ARGUMENT,
            "",
            Reason.WRONG_STATE,
            "",
            Reason.LIMIT_REACHED,
            "profile_id",
            Reason.IDEMPOTENCY_CONFLICT,
            "");

    private static final String NEW = "/limits/new";

    private LimitPages() {}

    /// Adds the pages.
    public static void route(Desk desk, HttpRouting.Builder routes) {
        desk.get(routes, "/limits", LimitPages::limits);
        desk.get(routes, NEW, LimitPages::ask);
        desk.post(routes, NEW, "limit", LimitPages::add);
        desk.get(routes, "/commissions/{id}/limits/{limit}", LimitPages::askAgain);
        desk.post(routes, "/commissions/{id}/limits/{limit}", "limit", LimitPages::replace);
    }

    private static Answer limits(Visit visit) {
        var filter = FormState.of(visit::query, "profile");
        var found = visit.core()
                .commissions()
                .listLimits(ListLimitsRequest.newBuilder()
                        .setProfileId(filter.value("profile"))
                        .setPage(visit.page())
                        .build());
        return Answer.page(
                "admin/limits",
                new LimitsPage(
                        filter,
                        found.getLimitsList(),
                        Profiles.all(visit),
                        visit.next(found.getPage()),
                        visit.first()));
    }

    private static Answer ask(Visit visit) {
        var form = new FormState()
                .with("key", visit.view().newKey())
                .with("profile_id", visit.query("profile"))
                .with("currency", visit.view().currency())
                .with("active", "yes");
        return Answer.page("admin/limit", page(visit, form));
    }

    private static LimitPage page(Visit visit, FormState form) {
        var view = visit.view();
        return new LimitPage(NEW, null, "", form, choices(view, Profiles.all(visit)));
    }

    private static LimitPage.Choices choices(View view, List<Profile> profiles) {
        return new LimitPage.Choices(
                Profiles.choices(profiles, view.t("choose")),
                PriceWords.kinds(view, false),
                PriceWords.measures(view),
                PriceWords.periods(view),
                PriceWords.consequences(view));
    }

    private static FormState read(Visit visit) {
        return FormState.of(
                visit.form(),
                "key",
                "profile_id",
                "kind",
                "currency",
                "measure",
                "period",
                "maximum",
                "consequence",
                "active");
    }

    private static Answer add(Visit visit) {
        var view = visit.view();
        var form = read(visit).need(view, "profile_id", "currency");
        String currency = form.value("currency").toUpperCase(Locale.ROOT);
        if (!currency.matches("[A-Z]{3}")) {
            form.wrong("currency", view.t("error.currency"));
        }
        var request = bound(view, form, currency)
                .setProfileId(form.value("profile_id"))
                .setKind(PriceWords.kind(form.value("kind")))
                .setCurrency(currency);
        return Typed.submit(
                visit,
                form,
                TOLD,
                () -> put(visit, request),
                () -> Answer.refused("admin/limit", page(visit, form)));
    }

    /// What can be put anew.
    private static PutLimitRequest.Builder bound(View view, FormState form, String currency) {
        var measure = PriceWords.constant(
                LimitMeasure.values(),
                form.value("measure"),
                LimitMeasure.LIMIT_MEASURE_UNSPECIFIED);
        form.need(view, "maximum");
        return PutLimitRequest.newBuilder()
                .setIdempotencyKey(form.value("key"))
                .setMeasure(measure)
                .setPeriod(PriceWords.constant(
                        LimitPeriod.values(),
                        form.value("period"),
                        LimitPeriod.LIMIT_PERIOD_UNSPECIFIED))
                .setMaximum(maximum(view, form, measure, currency).orElse(0))
                .setConsequence(PriceWords.constant(
                        LimitConsequence.values(),
                        form.value("consequence"),
                        LimitConsequence.LIMIT_CONSEQUENCE_UNSPECIFIED))
                .setActive(form.value("active").equals("yes"));
    }

    private static OptionalLong maximum(
            View view, FormState form, LimitMeasure measure, String currency) {
        if (measure != LimitMeasure.LIMIT_MEASURE_NUMBER) {
            return Typed.minor(view, form, "maximum", currency);
        }
        String typed = form.value("maximum");
        if (!typed.matches("[0-9]{1,9}")) {
            form.wrong("maximum", view.t("limit.number-wrong"));
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(typed));
    }

    private static Answer put(Visit visit, PutLimitRequest.Builder request) {
        var _ = visit.core().commissions().putLimit(request.build());
        return Answer.seeOther(
                "/limits?done=limit-put&profile=" + Visit.encode(request.getProfileId()));
    }

    private static LimitPage again(Visit visit, FormState form) {
        var found = CommissionPages.found(visit);
        Limit limit = found.getLimitsList().stream()
                .filter(each -> each.getId().equals(visit.path("limit")))
                .findFirst()
                .orElseThrow(Problem::notFound);
        return new LimitPage(
                "/commissions/" + limit.getProfileId() + "/limits/" + limit.getId(),
                limit,
                found.getProfile().getName(),
                form,
                choices(visit.view(), List.of()));
    }

    private static Answer askAgain(Visit visit) {
        var view = visit.view();
        var form = new FormState().with("key", view.newKey());
        var page = again(visit, form);
        var limit = page.replaced();
        if (limit != null) {
            boolean isNumber = limit.getMeasure() == LimitMeasure.LIMIT_MEASURE_NUMBER;
            form.with("measure", PriceWords.word(limit.getMeasure()))
                    .with("period", PriceWords.word(limit.getPeriod()))
                    .with("consequence", PriceWords.word(limit.getConsequence()))
                    .with("active", limit.getActive() ? "yes" : "")
                    .with(
                            "maximum",
                            isNumber
                                    ? Long.toString(limit.getMaximum())
                                    : view.typed(PriceWords.money(
                                            limit.getCurrency(), limit.getMaximum())));
        }
        return Answer.page("admin/limit", page);
    }

    private static Answer replace(Visit visit) {
        var form = read(visit);
        var page = again(visit, form);
        var limit = page.replaced() == null ? Limit.getDefaultInstance() : page.replaced();
        var request = bound(visit.view(), form, limit.getCurrency())
                .setLimitId(limit.getId())
                .setProfileId(limit.getProfileId())
                .setKind(limit.getKind())
                .setCurrency(limit.getCurrency());
        return Typed.submit(
                visit,
                form,
                TOLD,
                () -> put(visit, request),
                () -> Answer.refused("admin/limit", page));
    }
}

package org.almonry.gateway.admin;

import io.helidon.webserver.http.HttpRouting;

import org.almonry.error.v1.Reason;
import org.almonry.gateway.Answer;
import org.almonry.gateway.Choice;
import org.almonry.gateway.Desk;
import org.almonry.gateway.FormState;
import org.almonry.gateway.View;
import org.almonry.gateway.Visit;
import org.almonry.process.v1.CommissionRule;
import org.almonry.process.v1.CreateProfileRequest;
import org.almonry.process.v1.GetProfileRequest;
import org.almonry.process.v1.GetProfileResponse;
import org.almonry.process.v1.ListContractsRequest;
import org.almonry.process.v1.ListProfilesRequest;
import org.almonry.process.v1.ProfileLevel;
import org.almonry.process.v1.PutRuleRequest;
import org.almonry.type.v1.PageRequest;
import org.almonry.webkit.Problem;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Price lists and their rules (K-050 to K-054, K-057). Nothing is changed in place: a rule is
/// ended and another one added, and what a request was promised stays.
public final class CommissionPages {

    /// What the person can mend in the form, and beside which field it is told.
    private static final Map<Reason, String> TOLD = Map.of(
            Reason.INVALID_ARGUMENT,
            "",
            Reason.WRONG_STATE,
            "from",
            Reason.LIMIT_REACHED,
            "",
            Reason.IDEMPOTENCY_CONFLICT,
            "");

    private static final int CONTRACTS_SHOWN = 10;

    private final Clock clock;

    private CommissionPages(Clock clock) {
        this.clock = clock;
    }

    /// Adds the pages.
    public static void route(Desk desk, HttpRouting.Builder routes, Clock clock) {
        var pages = new CommissionPages(clock);
        desk.get(
                routes,
                "/commissions",
                visit -> Answer.page("admin/profiles", profiles(visit, fresh(visit))));
        desk.post(routes, "/commissions", "profile", CommissionPages::create);
        desk.get(routes, "/commissions/{id}", pages::profile);
        desk.get(routes, "/commissions/{id}/rules/new", pages::newRule);
        desk.post(routes, "/commissions/{id}/rules/new", "rule", CommissionPages::addRule);
        desk.get(routes, "/commissions/{id}/rules/{rule}/end", pages::askEnd);
        desk.post(routes, "/commissions/{id}/rules/{rule}/end", "end", CommissionPages::end);
    }

    private static FormState fresh(Visit visit) {
        return new FormState().with("key", visit.view().newKey());
    }

    private static ProfilesPage profiles(Visit visit, FormState form) {
        View view = visit.view();
        var found = visit.core()
                .commissions()
                .listProfiles(
                        ListProfilesRequest.newBuilder().setPage(visit.page()).build());
        var models = view.may("commission.write")
                ? Profiles.choices(Profiles.all(visit), view.t("profile.empty"))
                : List.<Choice>of();
        return new ProfilesPage(
                found.getProfilesList(),
                models,
                PriceWords.levels(view),
                form,
                visit.next(found.getPage()),
                visit.first());
    }

    private static Answer create(Visit visit) {
        var form = FormState.of(
                        visit.form(), "key", "name", "copy_of", "with_limits", "level", "earner")
                .need(visit.view(), "name");
        return Typed.submit(
                visit,
                form,
                TOLD,
                () -> {
                    var made = visit.core()
                            .commissions()
                            .createProfile(CreateProfileRequest.newBuilder()
                                    .setIdempotencyKey(form.value("key"))
                                    .setName(form.value("name"))
                                    .setCopyOf(form.value("copy_of"))
                                    .setWithLimits(form.value("with_limits").equals("yes"))
                                    .setLevel(PriceWords.constant(
                                            ProfileLevel.values(),
                                            form.value("level"),
                                            ProfileLevel.PROFILE_LEVEL_UNSPECIFIED))
                                    .setEarner(form.value("earner"))
                                    .build())
                            .getProfile();
                    return Answer.seeOther("/commissions/" + made.getId() + "?done=profile-made");
                },
                () -> Answer.refused("admin/profiles", profiles(visit, form)));
    }

    static GetProfileResponse found(Visit visit) {
        return visit.core()
                .commissions()
                .getProfile(GetProfileRequest.newBuilder()
                        .setProfileId(visit.path("id"))
                        .build());
    }

    private Answer profile(Visit visit) {
        var found = found(visit);
        var contracts = visit.core()
                .commissions()
                .listContracts(ListContractsRequest.newBuilder()
                        .setProfileId(found.getProfile().getId())
                        .setPage(PageRequest.newBuilder().setSize(CONTRACTS_SHOWN))
                        .build());
        return Answer.page(
                "admin/profile",
                new ProfilePage(
                        found.getProfile(),
                        found.getRulesList(),
                        found.getLimitsList(),
                        contracts.getContractsList(),
                        !contracts.getPage().getNextToken().isEmpty(),
                        visit.view().today(clock)));
    }

    private Answer newRule(Visit visit) {
        var form = fresh(visit)
                .with("currencies", visit.view().currency())
                .with("from", visit.view().today(clock).toString())
                .with("direction", "out")
                .with("formula-0", "percent");
        return Answer.page("admin/rule", rule(visit, form, RuleForm.RANGES_STEP));
    }

    private static RulePage rule(Visit visit, FormState form, int ranges) {
        View view = visit.view();
        var formulas = PriceWords.formulas(view);
        var further = new ArrayList<Choice>();
        further.add(new Choice("", view.t("range.none")));
        further.addAll(formulas);
        var choices = new RulePage.Choices(
                PriceWords.kinds(view, true),
                PriceWords.directions(view),
                PriceWords.roundings(view),
                formulas,
                further);
        return new RulePage(found(visit).getProfile(), form, choices, ranges);
    }

    private static Answer addRule(Visit visit) {
        View view = visit.view();
        var form = RuleForm.read(visit.form());
        int rows = RuleForm.rows(form);
        if (visit.form().text("do").equals("more")) {
            int more = Math.min(rows + RuleForm.RANGES_STEP, RuleForm.RANGES_MAX);
            return Answer.page("admin/rule", rule(visit, form, more));
        }
        var request = RuleForm.rule(view, form);
        String id = visit.path("id");
        return Typed.submit(
                visit,
                form,
                TOLD,
                () -> {
                    var _ = visit.core()
                            .commissions()
                            .putRule(request.setProfileId(id).build());
                    return Answer.seeOther("/commissions/" + id + "?done=rule-added");
                },
                () -> Answer.refused("admin/rule", rule(visit, form, rows)));
    }

    private static EndRulePage ending(Visit visit, FormState form) {
        var found = found(visit);
        return found.getRulesList().stream()
                .filter(each -> each.getId().equals(visit.path("rule")))
                .findFirst()
                .map(rule -> new EndRulePage(found.getProfile(), rule, form))
                .orElseThrow(Problem::notFound);
    }

    private Answer askEnd(Visit visit) {
        var form = fresh(visit).with("until", visit.view().today(clock).toString());
        return Answer.page("admin/end-rule", ending(visit, form));
    }

    /// A rule that would end before it begins is switched off instead: it never holds.
    private static Answer end(Visit visit) {
        View view = visit.view();
        var form = FormState.of(visit.form(), "key", "until").need(view, "until");
        var until = Typed.day(view, form, "until");
        var page = ending(visit, form);
        var rule = page.rule();
        return Typed.submit(
                visit,
                form,
                Map.of(
                        Reason.INVALID_ARGUMENT,
                        "",
                        Reason.WRONG_STATE,
                        "until",
                        Reason.IDEMPOTENCY_CONFLICT,
                        ""),
                () -> {
                    boolean never = until.stream()
                            .anyMatch(day -> !day.isAfter(LocalDate.parse(rule.getFrom())));
                    var _ = visit.core()
                            .commissions()
                            .putRule(again(rule)
                                    .setIdempotencyKey(form.value("key"))
                                    .setUntil(never ? rule.getUntil() : form.value("until"))
                                    .setActive(!never)
                                    .build());
                    return Answer.seeOther(
                            "/commissions/" + page.profile().getId() + "?done=rule-ended");
                },
                () -> Answer.refused("admin/end-rule", page));
    }

    private static PutRuleRequest.Builder again(CommissionRule rule) {
        return PutRuleRequest.newBuilder()
                .setRuleId(rule.getId())
                .setProfileId(rule.getProfileId())
                .setKind(rule.getKind())
                .addCurrencies(rule.getCurrency())
                .setFrom(rule.getFrom())
                .setDirection(rule.getDirection())
                .setRounding(rule.getRounding())
                .addAllRanges(rule.getRangesList());
    }
}

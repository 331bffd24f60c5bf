package org.almonry.widget;

import static java.util.Objects.requireNonNull;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import org.almonry.error.v1.Reason;
import org.almonry.webkit.Assets;
import org.almonry.webkit.Format;
import org.almonry.webkit.Forms;
import org.almonry.webkit.Html;
import org.almonry.webkit.Languages;
import org.almonry.webkit.RateLimit;
import org.almonry.widget.DonateForm.Checked;
import org.almonry.widgets.v1.CreatePledgeRequest;
import org.almonry.widgets.v1.CreatePledgeResponse;
import org.almonry.widgets.v1.PledgeItem;
import org.almonry.wire.Failure;
import org.almonry.wire.IdSource;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The donation form: of a nonprofit, of one project, and the basket over several projects
/// with one code (C-033). The same page serves as iframe and by itself, with scripts and
/// without.
public final class DonatePages {

    private static final Duration LIMIT_PER = Duration.ofMinutes(10);
    private static final int[] PRESETS = {10, 25, 50, 100};

    private final WidgetBackend backend;
    private final Html html;
    private final Assets assets;
    private final Languages languages;
    private final DownPages down;
    private final IdSource ids;
    private final RateLimit limit;

    DonatePages(
            WidgetBackend backend,
            Html html,
            Assets assets,
            Languages languages,
            DownPages down,
            IdSource ids,
            int pledgesPerAddress) {
        this.backend = requireNonNull(backend, "backend is null");
        this.html = requireNonNull(html, "html is null");
        this.assets = requireNonNull(assets, "assets is null");
        this.languages = requireNonNull(languages, "languages is null");
        this.down = requireNonNull(down, "down is null");
        this.ids = requireNonNull(ids, "ids is null");
        this.limit = new RateLimit(pledgesPerAddress, LIMIT_PER);
    }

    void route(HttpRules rules) {
        rules.get("/{nonprofit}/basket", (q, r) -> show(Kind.BASKET, q, r));
        rules.post("/{nonprofit}/basket", (q, r) -> submit(Kind.BASKET, q, r));
        rules.get("/{nonprofit}", (q, r) -> show(Kind.NONPROFIT, q, r));
        rules.post("/{nonprofit}", (q, r) -> submit(Kind.NONPROFIT, q, r));
        rules.get("/{nonprofit}/{project}", (q, r) -> show(Kind.PROJECT, q, r));
        rules.post("/{nonprofit}/{project}", (q, r) -> submit(Kind.PROJECT, q, r));
    }

    private enum Kind {
        NONPROFIT,
        PROJECT,
        BASKET
    }

    /// The page that was asked for, with what the core says about it.
    private record Place(
            Kind kind,
            Visit visit,
            Layout layout,
            String nonprofit,
            String path,
            String heading,
            List<String> sites,
            List<ProjectView> projects,
            Activity activity) {}

    private Place place(ServerRequest request, Kind kind) {
        Visit visit = Visit.of(request, languages);
        String nonprofit = request.path().pathParameters().get("nonprofit");
        return kind == Kind.PROJECT
                ? ofProject(visit, nonprofit, request.path().pathParameters().get("project"))
                : ofNonprofit(visit, nonprofit, kind);
    }

    private Place ofProject(Visit visit, String nonprofit, String slug) {
        KnownProject found = backend.project(slug);
        if (!found.nonprofit().equals(nonprofit)) {
            throw new Failure(Reason.NOT_FOUND, "no such project of this nonprofit");
        }
        String path = "/" + nonprofit + "/" + slug;
        Layout layout = Layout.of(visit, languages, assets, found.sites(), path);
        var shown = found.in(layout.format());
        ProjectView project = shown.project();
        return new Place(
                Kind.PROJECT,
                visit,
                layout.titled(project.name()),
                nonprofit,
                path,
                project.name(),
                found.sites(),
                List.of(project),
                shown.activity());
    }

    private Place ofNonprofit(Visit visit, String nonprofit, Kind kind) {
        var profile = backend.profile(nonprofit);
        String path = "/" + nonprofit + (kind == Kind.BASKET ? "/basket" : "");
        Layout layout = Layout.of(visit, languages, assets, profile.getSitesList(), path);
        List<ProjectView> projects = profile.getProjectsList().stream()
                .map(project -> ProjectView.of(project, layout.format()))
                .toList();
        if (kind == Kind.BASKET && !projects.isEmpty()) {
            // One transfer has one currency, so a basket has one too.
            String currency = projects.getFirst().currency();
            projects = projects.stream()
                    .filter(project -> project.currency().equals(currency))
                    .toList();
        }
        return new Place(
                kind,
                visit,
                layout.titled(profile.getName()),
                nonprofit,
                path,
                profile.getName(),
                profile.getSitesList(),
                projects,
                Activity.none());
    }

    private void show(Kind kind, ServerRequest request, ServerResponse response) {
        Place place;
        try {
            place = place(request, kind);
        } catch (Failure failure) {
            down.send(failure, true, Forms.none(), request, response);
            return;
        }
        DonateForm form = DonateForm.empty(ids.next("frm"));
        render(place, form, Map.of(), "", response);
    }

    private void render(
            Place place,
            DonateForm form,
            Map<String, String> errors,
            String notice,
            ServerResponse response) {
        response.headers().set(HeaderNames.create("Referrer-Policy"), "origin");
        var csp = FrameGuard.csp(place.sites());
        if (place.projects().isEmpty()) {
            html.send(response, csp, "closed", new ClosedPage(place.layout(), place.heading()));
            return;
        }
        boolean several = place.projects().size() > 1;
        String other = place.kind() == Kind.BASKET
                ? place.visit().link("/" + place.nonprofit())
                : place.kind() == Kind.NONPROFIT && several
                        ? place.visit().link("/" + place.nonprofit() + "/basket")
                        : "";
        String title = errors.isEmpty()
                ? place.layout().title()
                : place.layout().text().text("error.title-prefix", "title", place.heading());
        var page = new DonatePage(
                place.layout().titled(title).telling("opened"),
                place.heading(),
                place.visit().link(place.path()),
                place.projects(),
                place.kind() == Kind.PROJECT,
                presets(place.projects().getFirst().currency(), place.layout().format()),
                form,
                errors,
                notice,
                other,
                place.activity());
        html.send(response, csp, place.kind() == Kind.BASKET ? "basket" : "donate", page);
    }

    private static List<DonatePage.Preset> presets(String currency, Format format) {
        int scale = Format.scale(currency);
        var presets = new ArrayList<DonatePage.Preset>();
        for (int major : PRESETS) {
            // Currencies without a minor unit count in hundreds where others count in ones.
            int shift = scale == 0 ? 2 : scale;
            long minor = BigDecimal.valueOf(major).movePointRight(shift).longValueExact();
            String label = format.amountShort(minor, currency);
            presets.add(new DonatePage.Preset(Long.toString(minor), label));
        }
        return presets;
    }

    private void submit(Kind kind, ServerRequest request, ServerResponse response) {
        limit.take(RateLimit.peer(request));
        Forms posted = Forms.read(request);
        Place place;
        try {
            place = place(request, kind);
        } catch (Failure failure) {
            down.send(failure, true, posted, request, response);
            return;
        }
        List<String> slugs = place.projects().stream().map(ProjectView::slug).toList();
        DonateForm form = DonateForm.read(posted, ids.next("frm"), slugs);
        if (place.projects().isEmpty()) {
            render(place, form, Map.of(), "", response);
            return;
        }
        var text = place.layout().text();
        Checked checked = kind == Kind.BASKET
                ? form.checkBasket(place.projects(), text)
                : form.checkGift(place.projects(), text);
        switch (checked) {
            case Checked.Bad bad -> refuse(place, form, bad.errors(), response);
            case Checked.Good good -> pledge(place, form, good.items(), request, posted, response);
        }
    }

    private void refuse(
            Place place, DonateForm form, Map<String, String> errors, ServerResponse response) {
        response.status(422);
        render(place, form, errors, "", response);
    }

    private void pledge(
            Place place,
            DonateForm form,
            List<PledgeItem> items,
            ServerRequest request,
            Forms posted,
            ServerResponse response) {
        CreatePledgeResponse outcome;
        try {
            outcome = backend.createPledge(CreatePledgeRequest.newBuilder()
                    .setIdempotencyKey(form.id())
                    .setNonprofit(place.nonprofit())
                    .addAllItems(items)
                    .setName(form.name())
                    .setEmail(form.email())
                    .setLanguage(place.visit().locale().toLanguageTag())
                    .build());
        } catch (Failure failure) {
            failed(place, form, failure, request, posted, response);
            return;
        }
        var text = place.layout().text();
        var format = place.layout().format();
        String field =
                place.kind() == Kind.BASKET ? "amount-" + items.getFirst().getProject() : "amount";
        switch (outcome.getOutcomeCase()) {
            case PLEDGE -> {
                String path = "/pledge/" + outcome.getPledge().getToken();
                response.status(303);
                response.headers().set(HeaderNames.LOCATION, place.visit().link(path));
                response.send();
            }
            case AMOUNT_OUT_OF_RANGE -> {
                var range = outcome.getAmountOutOfRange();
                String sentence = text.text(
                        "error.amount.range",
                        "least",
                        format.money(
                                range.getLeast().getMinor(), range.getLeast().getCurrency()),
                        "greatest",
                        format.money(
                                range.getGreatest().getMinor(),
                                range.getGreatest().getCurrency()));
                refuse(place, form, Map.of(field, sentence), response);
            }
            case PROJECT_NOT_OPEN ->
                refuse(place, form, Map.of(field, text.text("error.closed")), response);
            case CURRENCY_NOT_TAKEN ->
                refuse(place, form, Map.of(field, text.text("error.currency")), response);
            case OUTCOME_NOT_SET ->
                throw new IllegalStateException("the core answered without an outcome");
        }
    }

    private void failed(
            Place place,
            DonateForm form,
            Failure failure,
            ServerRequest request,
            Forms posted,
            ServerResponse response) {
        switch (failure.reason()) {
            case IDEMPOTENCY_CONFLICT -> {
                // The giver went back and changed something: a second pledge needs a second
                // id.
                response.status(409);
                String notice = place.layout().text().text("notice.sent-before");
                render(place, form.withId(ids.next("frm")), Map.of(), notice, response);
            }
            case UNAVAILABLE, TOO_LATE ->
                down.send(failure, WidgetBackend.neverSent(failure), posted, request, response);
            default -> throw failure;
        }
    }

    /// A nonprofit without an open project.
    public record ClosedPage(Layout layout, String heading) {}
}

package org.almonry.widget;

import static java.util.Objects.requireNonNull;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import org.almonry.error.v1.Reason;
import org.almonry.type.v1.Money;
import org.almonry.webkit.Assets;
import org.almonry.webkit.Format;
import org.almonry.webkit.Forms;
import org.almonry.webkit.Html;
import org.almonry.webkit.Languages;
import org.almonry.webkit.QrSvg;
import org.almonry.widgets.v1.Pledge;
import org.almonry.widgets.v1.PledgeState;
import org.almonry.widgets.v1.Profile;
import org.almonry.widgets.v1.PublicProject;
import org.almonry.wire.Failure;

import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// How to transfer what was pledged, and whether it has arrived (C-040). Its address holds
/// the secret of the pledge: no referrer leaves the page, and no search engine keeps it.
public final class TransferPages {

    private final WidgetBackend backend;
    private final Html html;
    private final Assets assets;
    private final Languages languages;
    private final DownPages down;
    private final String demoBankUrl;

    TransferPages(
            WidgetBackend backend,
            Html html,
            Assets assets,
            Languages languages,
            DownPages down,
            String demoBankUrl) {
        this.backend = requireNonNull(backend, "backend is null");
        this.html = requireNonNull(html, "html is null");
        this.assets = requireNonNull(assets, "assets is null");
        this.languages = requireNonNull(languages, "languages is null");
        this.down = requireNonNull(down, "down is null");
        this.demoBankUrl = requireNonNull(demoBankUrl, "demoBankUrl is null");
    }

    void route(HttpRules rules) {
        rules.get("/pledge/{token}", this::show);
    }

    private void show(ServerRequest request, ServerResponse response) {
        String token = request.path().pathParameters().get("token");
        Pledge pledge;
        Optional<Profile> profile;
        try {
            pledge = backend.pledge(token);
            profile = profile(pledge.getNonprofit());
        } catch (Failure failure) {
            down.send(failure, true, Forms.none(), request, response);
            return;
        }
        Visit visit = Visit.of(request, languages);
        List<String> sites =
                profile.map(Profile::getSitesList).map(List::copyOf).orElse(List.of());
        Layout layout =
                Layout.of(visit, languages, assets, sites, "/pledge/" + token).telling("completed");
        response.header("Referrer-Policy", "no-referrer");
        response.header("X-Robots-Tag", "noindex");
        var page = page(pledge, profile, layout, visit);
        html.send(response, FrameGuard.csp(sites), "transfer", page);
    }

    /// A nonprofit that has left still has its pledges; they show without its name.
    private Optional<Profile> profile(String slug) {
        try {
            return slug.isEmpty() ? Optional.empty() : Optional.of(backend.profile(slug));
        } catch (Failure failure) {
            if (failure.reason() == Reason.NOT_FOUND) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    private TransferPage page(
            Pledge pledge, Optional<Profile> profile, Layout layout, Visit visit) {
        Format format = layout.format();
        boolean received = pledge.getState() == PledgeState.PLEDGE_STATE_RECEIVED;
        Map<String, String> names = profile.map(Profile::getProjectsList).stream()
                .flatMap(List::stream)
                .collect(Collectors.toMap(PublicProject::getSlug, PublicProject::getName));
        List<Part> parts = pledge.getItemsList().stream()
                .map(item -> new Part(
                        names.getOrDefault(item.getProject(), item.getProject()),
                        money(item.getAmount(), format)))
                .toList();
        String title = layout.text().text(received ? "transfer.title-received" : "transfer.title");
        Optional<QrSvg> qr = pledge.getEpcPayload().isEmpty()
                ? Optional.empty()
                : Optional.of(QrSvg.ofTransfer(pledge.getEpcPayload()));
        return new TransferPage(
                layout.titled(title),
                received,
                money(pledge.getAmount(), format),
                decimal(pledge.getAmount()),
                pledge.hasBooked() ? money(pledge.getBooked(), format) : "",
                pledge.getAccountHolder(),
                pledge.getIban(),
                grouped(pledge.getIban()),
                pledge.getBic(),
                pledge.getReference(),
                grouped(pledge.getReference()),
                pledge.getCode(),
                parts,
                qr,
                received || demoBankUrl.isEmpty() ? "" : demoBank(pledge),
                visit.link("/" + pledge.getNonprofit()),
                profile.map(Profile::getName).orElse(""));
    }

    private static String money(Money money, Format format) {
        return format.money(money.getMinor(), money.getCurrency());
    }

    /// The amount as every bank's form takes it when it is pasted.
    private static String decimal(Money money) {
        return BigDecimal.valueOf(money.getMinor(), Format.scale(money.getCurrency()))
                .toPlainString();
    }

    /// In groups of four, as printed on bank cards.
    static String grouped(String compact) {
        return compact.replaceAll("(.{4})(?=.)", "$1\u00a0");
    }

    private String demoBank(Pledge pledge) {
        return demoBankUrl
                + (demoBankUrl.indexOf('?') < 0 ? "?" : "&")
                + "iban=" + encode(pledge.getIban())
                + "&amount=" + encode(decimal(pledge.getAmount()))
                + "&payee=" + encode(pledge.getAccountHolder())
                + "&reference=" + encode(pledge.getReference());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// A part of a basket.
    public record Part(String project, String amount) {}

    /// What the template `transfer` shows.
    ///
    /// @param received whether money for the pledge was booked
    /// @param amount the sum in words; `plainAmount` is the same for pasting
    /// @param booked what was booked so far, or empty
    /// @param holder exact account holder: banks compare it
    /// @param reference ISO 11649 reference
    /// @param code code with check digit, for banks without a field for the reference
    /// @param qr EPC QR code, where the currency has one
    /// @param demoBank address of the demo bank with the transfer filled in, or empty
    public record TransferPage(
            Layout layout,
            boolean received,
            String amount,
            String plainAmount,
            String booked,
            String holder,
            String iban,
            String ibanShown,
            String bic,
            String reference,
            String referenceShown,
            String code,
            List<Part> parts,
            Optional<QrSvg> qr,
            String demoBank,
            String backUrl,
            String nonprofitName) {}
}

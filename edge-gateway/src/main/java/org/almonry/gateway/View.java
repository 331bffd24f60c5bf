package org.almonry.gateway;

import com.google.protobuf.Timestamp;

import org.almonry.accounting.v1.FetchRun;
import org.almonry.accounting.v1.FetchState;
import org.almonry.accounting.v1.Provider;
import org.almonry.directory.v1.ProjectState;
import org.almonry.ledger.v1.HoldState;
import org.almonry.ledger.v1.LedgerHalt;
import org.almonry.type.v1.Money;
import org.almonry.webkit.Format;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.text.DecimalFormatSymbols;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What every template may ask: texts, formats, links, and who is reading.
public final class View {

    private final Desk desk;
    private final Locale locale;
    private final Reader reader;
    private final String path;
    private final String done;
    private final Texts texts;
    private final Format format;

    View(Desk desk, Locale locale, Reader reader, String path, String done) {
        this.desk = desk;
        this.locale = locale;
        this.reader = reader;
        this.path = path;
        this.done = done;
        this.texts = Texts.of(desk.role(), locale);
        this.format = new Format(locale, desk.zone());
    }

    /// An entry of the menu.
    public record Item(String path, String key, boolean current) {}

    /// Another language of the page.
    public record Language(String code, String name, String href, boolean current) {}

    // Texts.

    /// A text with its arguments as pairs of name and value.
    public String t(String key, Object... pairs) {
        return texts.text(key, pairs);
    }

    /// A text in the plural form of a count.
    public String n(String key, long count, Object... pairs) {
        return texts.count(key, count, pairs);
    }

    /// The text of a key that the core's words are part of; an unknown word stands for
    /// itself.
    public String tOr(String key, String fallback) {
        return texts.has(key) ? texts.text(key) : fallback;
    }

    /// A type of transaction in words; the core names it as "commission_capture".
    public String type(String name) {
        return tOr("type." + name, name.replace('_', ' '));
    }

    /// The `lang` attribute.
    public String language() {
        return texts.language();
    }

    /// The language.
    public Locale locale() {
        return locale;
    }

    /// The `dir` attribute.
    public String direction() {
        return texts.direction();
    }

    /// The languages on offer, with this page's address in each.
    public List<Language> languages() {
        var all = new ArrayList<Language>();
        for (Locale each : desk.languages().offered()) {
            String code = each.toLanguageTag();
            String name = each.getDisplayLanguage(each);
            all.add(new Language(code, name, path + "?lang=" + code, each.equals(locale)));
        }
        return all;
    }

    /// What the form before this page did, in words; empty when there was none.
    public String notice() {
        return done.isEmpty() ? "" : tOr("done." + done, "");
    }

    // Who reads.

    /// Whether somebody is signed in.
    public boolean signedIn() {
        return reader.signedIn();
    }

    /// The reader's name.
    public String userName() {
        return reader.name();
    }

    /// The reader's id.
    public String userId() {
        return reader.id();
    }

    /// Whether the reader holds a permission. Only for showing: the core decides again.
    public boolean may(String permission) {
        return reader.permissions().contains(permission);
    }

    /// The menu, without what the reader may not see.
    public List<Item> navigation() {
        return items(desk.menu());
    }

    /// The menu of the group that this page belongs to; empty when it has none.
    public List<Item> group() {
        return desk.menu().stream()
                .filter(entry -> may(entry.permission()) && isCurrent(entry))
                .findFirst()
                .map(entry -> items(entry.group()))
                .orElse(List.of());
    }

    private List<Item> items(List<Desk.Entry> entries) {
        return entries.stream()
                .filter(entry -> may(entry.permission()))
                .map(entry -> new Item(entry.path(), entry.key(), isCurrent(entry)))
                .toList();
    }

    private boolean isCurrent(Desk.Entry entry) {
        return isBelow(entry.path())
                || entry.also().stream().anyMatch(this::isBelow)
                || entry.group().stream().anyMatch(this::isCurrent);
    }

    private boolean isBelow(String start) {
        return start.equals("/") ? path.equals("/") : (path + "/").startsWith(start + "/");
    }

    /// Where a reader starts.
    public String home() {
        return desk.role().home();
    }

    /// Why no value moves, or null while it does.
    public @Nullable LedgerHalt halt() {
        return desk.halt(reader);
    }

    // Forms.

    /// The hidden token of a form of this session.
    public String csrf(String form) {
        return desk.csrf().token(reader.token(), form);
    }

    /// A fresh idempotency key.
    public String newKey() {
        return desk.ids().next("key");
    }

    /// The currency that is proposed.
    public String currency() {
        return desk.currency();
    }

    // Formats.

    /// An amount with its currency.
    public String money(Money amount) {
        return format.money(amount.getMinor(), amount.getCurrency());
    }

    /// An amount for machines: "25.00 EUR".
    public String plain(Money amount) {
        int scale = Format.scale(amount.getCurrency());
        return BigDecimal.valueOf(amount.getMinor(), scale).toPlainString()
                + " "
                + amount.getCurrency();
    }

    /// An amount as one types it: without currency and without groups.
    public String typed(Money amount) {
        int scale = Format.scale(amount.getCurrency());
        char sign = DecimalFormatSymbols.getInstance(locale).getDecimalSeparator();
        return BigDecimal.valueOf(amount.getMinor(), scale).toPlainString().replace('.', sign);
    }

    /// A whole number.
    public String number(long value) {
        return format.number(value);
    }

    /// A share: 1250 is 12.5 %.
    public String percent(int basisPoints) {
        BigDecimal value = BigDecimal.valueOf(basisPoints, 2).stripTrailingZeros();
        return BigDecimalText.of(value, locale) + "\u00a0%";
    }

    /// A share in millionths: 12500 is 1.25 %.
    public String share(int millionths) {
        BigDecimal value = BigDecimal.valueOf(millionths, 4).stripTrailingZeros();
        return BigDecimalText.of(value, locale) + "\u00a0%";
    }

    /// The day that it is where the instance stands.
    public LocalDate today(Clock clock) {
        return LocalDate.ofInstant(clock.instant(), desk.zone());
    }

    /// A day that the core wrote as ISO text.
    public String date(String iso) {
        if (iso.isEmpty()) {
            return "";
        }
        try {
            return format.date(LocalDate.parse(iso));
        } catch (DateTimeException impossible) {
            // Statement files hold such dates; they are shown as they are.
            return iso;
        }
    }

    /// A moment.
    public String time(Timestamp moment) {
        return format.time(Instant.ofEpochSecond(moment.getSeconds(), moment.getNanos()));
    }

    /// How long a run took, or a dash while it runs.
    public String duration(FetchRun run) {
        if (!run.hasFinishedAt() || !run.hasStartedAt()) {
            return "–";
        }
        long seconds = run.getFinishedAt().getSeconds() - run.getStartedAt().getSeconds();
        var time = Duration.ofSeconds(Math.max(seconds, 0));
        return time.toMinutes() == 0
                ? t("seconds", "seconds", time.toSeconds())
                : t("minutes", "minutes", time.toMinutes(), "seconds", time.toSecondsPart());
    }

    /// The standing of a run in one line of facts.
    public String facts(FetchRun run) {
        return t(
                "run.facts",
                "pages",
                run.getPages(),
                "entries",
                run.getEntries(),
                "added",
                run.getAdded(),
                "duplicates",
                run.getDuplicates(),
                "booked",
                run.getBooked());
    }

    /// What a provider can do.
    public String capabilities(Provider provider) {
        return provider.getCapabilitiesList().stream()
                .map(each -> tOr("capability." + each, each))
                .collect(Collectors.joining(", "));
    }

    /// Whether a provider can be asked for statements: over the net, or out of its folder.
    public boolean fetches(Provider provider) {
        var can = provider.getCapabilitiesList();
        return can.contains("fetches-statements") || can.contains("reads-files");
    }

    /// An IBAN in groups of four; anything else as it is.
    public String iban(String text) {
        return text.matches("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
                ? text.replaceAll("(.{4})(?=.)", "$1 ")
                : text;
    }

    /// The end of a constant's name as part of a key: FETCH_STATE_RUNNING is "running".
    public String code(String constant) {
        return constant.replaceFirst("^.*?(STATE|ROLE)_", "")
                .toLowerCase(Locale.ROOT)
                .replace('_', '-');
    }

    /// The look of a run's state.
    public String kind(FetchState state) {
        return switch (state) {
            case FETCH_STATE_SUCCEEDED -> "good";
            case FETCH_STATE_FAILED -> "bad";
            case FETCH_STATE_QUEUED, FETCH_STATE_RUNNING, FETCH_STATE_UNSPECIFIED, UNRECOGNIZED ->
                "warn";
        };
    }

    /// The look of a hold's state.
    public String kind(HoldState state) {
        return switch (state) {
            case HOLD_STATE_CAPTURED -> "good";
            case HOLD_STATE_REVERSED -> "closed";
            case HOLD_STATE_OPEN, HOLD_STATE_EXPIRED, HOLD_STATE_UNSPECIFIED, UNRECOGNIZED ->
                "warn";
        };
    }

    /// The look of a project's state.
    public String kind(ProjectState state) {
        return switch (state) {
            case PROJECT_STATE_ACTIVE -> "good";
            case PROJECT_STATE_CLOSED -> "closed";
            case PROJECT_STATE_PROPOSED, PROJECT_STATE_UNSPECIFIED, UNRECOGNIZED -> "warn";
        };
    }

    /// The look of a mail's state.
    public String mailKind(String state) {
        return switch (state) {
            case "sent" -> "good";
            case "failed" -> "bad";
            default -> "warn";
        };
    }

    // Links.

    /// A static file.
    public String asset(String name) {
        return desk.assets().url(name);
    }

    /// The icon of a look.
    public String icon(String kind) {
        String symbol = switch (kind) {
            case "good" -> "check";
            case "bad" -> "warn";
            case "closed" -> "cross";
            case "copy" -> "copy";
            default -> "clock";
        };
        return asset("icon.svg") + "#" + symbol;
    }

    /// The permalink of an id; empty when it has no page in this role.
    public String link(String id) {
        if (desk.role() != Role.ADMIN) {
            return "";
        }
        int end = id.indexOf('_');
        return switch (end < 0 ? "" : id.substring(0, end)) {
            case "coin" -> "/coins/" + id;
            case "hold" -> "/holds/" + id;
            case "req" -> "/find?q=" + id;
            case "txn" -> "/transactions/" + id;
            case "prc" -> "/processes/" + id;
            case "inc" -> "/incoming/" + id;
            case "run" -> "/runs/" + id;
            case "prj" -> "/projects/" + id;
            case "pfl" -> "/commissions/" + id;
            default -> "";
        };
    }
}

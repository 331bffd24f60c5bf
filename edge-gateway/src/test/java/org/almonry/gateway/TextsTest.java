package org.almonry.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.ledger.v1.CoinKind;
import org.almonry.ledger.v1.HoldState;
import org.almonry.process.v1.CommissionDirection;
import org.almonry.process.v1.CommissionRounding;
import org.almonry.process.v1.FormulaKind;
import org.almonry.process.v1.LimitConsequence;
import org.almonry.process.v1.LimitMeasure;
import org.almonry.process.v1.LimitPeriod;
import org.almonry.process.v1.ProcessState;
import org.almonry.process.v1.ProfileLevel;
import org.almonry.process.v1.RequestAction;
import org.almonry.process.v1.RequestKind;
import org.almonry.process.v1.RequestState;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The catalogues are complete in both languages, and templates ask for nothing that is not
/// there.
class TextsTest {
    /// As the contract tells them at `Entry.type`.
    private static final List<String> TYPES = List.of(
            "issue",
            "redeem",
            "transfer",
            "commission",
            "split",
            "merge",
            "balance",
            "authorization",
            "commission_authorization",
            "capture",
            "commission_capture",
            "reversal",
            "commission_reversal",
            "hold");

    private static final Pattern USE =
            Pattern.compile("(?<![A-Za-z])(?:t|n)\\(\\s*\"([a-z][A-Za-z.-]*[a-z])\"\\s*[,)]");

    private static Properties read(String name) throws IOException {
        var properties = new Properties();
        try (var in =
                Files.newBufferedReader(Path.of("src/main/resources/i18n", name + ".properties"))) {
            properties.load(in);
        }
        return properties;
    }

    @Test
    void bothLanguagesHaveTheSameKeysAndPlaceholders() throws IOException {
        for (String area : List.of("gateway", "account", "admin")) {
            var english = read(area + "_en");
            var german = read(area + "_de");
            assertEquals(
                    new TreeSet<>(english.stringPropertyNames()),
                    new TreeSet<>(german.stringPropertyNames()),
                    area);
            for (String key : english.stringPropertyNames()) {
                assertEquals(
                        placeholders(english.getProperty(key)),
                        placeholders(german.getProperty(key)),
                        area + " " + key);
            }
        }
    }

    private static Set<String> placeholders(String text) {
        var found = new TreeSet<String>();
        var matcher = Pattern.compile("\\{[a-z]+}").matcher(text);
        while (matcher.find()) {
            found.add(matcher.group());
        }
        return found;
    }

    @Test
    void everyTextThatATemplateOrAHandlerNamesExists() throws IOException {
        var admin = keys("gateway_en", "admin_en");
        var account = keys("gateway_en", "account_en");
        var missing = new TreeSet<String>();
        for (String root : List.of("src/main/jte", "src/main/java")) {
            try (var files = Files.walk(Path.of(root))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String name = file.toString();
                    var matcher = USE.matcher(Files.readString(file));
                    while (matcher.find()) {
                        String key = matcher.group(1);
                        boolean inAdmin = admin.contains(key) || admin.contains(key + ".other");
                        boolean inAccount =
                                account.contains(key) || account.contains(key + ".other");
                        boolean there = name.contains("/account/")
                                ? inAccount
                                : name.contains("/admin/") ? inAdmin : inAdmin || inAccount;
                        if (!there) {
                            missing.add(name + ": " + key);
                        }
                    }
                }
            }
        }
        assertTrue(missing.isEmpty(), missing.toString());
    }

    /// A word that the contract gains must be told before it is sent.
    @Test
    void everyWordOfTheContractThatPagesShowHasAText() throws IOException {
        var wanted = new TreeSet<String>();
        words(wanted, RequestKind.values(), "REQUEST_KIND_", "process.kind.", "request.words.");
        words(wanted, RequestState.values(), "REQUEST_STATE_", "process.state.");
        for (String each : words(ProcessState.values(), "PROCESS_STATE_")) {
            wanted.add("request.history." + each.toLowerCase(Locale.ROOT));
        }
        for (String each : words(RequestAction.values(), "REQUEST_ACTION_")) {
            String action = each.toLowerCase(Locale.ROOT);
            wanted.add("request.action." + action);
            wanted.add("decide.heading." + action);
            wanted.add("decide.effect." + action);
            wanted.add("decide.button." + action);
            wanted.add("done.request-" + action);
        }
        for (String each : words(CoinKind.values(), "COIN_KIND_")) {
            wanted.add("coin.kind." + each.toLowerCase(Locale.ROOT));
        }
        for (String each : words(HoldState.values(), "HOLD_STATE_")) {
            wanted.add("hold.state." + each.toLowerCase(Locale.ROOT));
        }
        prices(wanted);
        for (String each : TYPES) {
            wanted.add("type." + each);
        }
        wanted.removeAll(keys("admin_en"));
        assertTrue(wanted.isEmpty(), wanted.toString());
    }

    private static void prices(Set<String> wanted) {
        for (String each : words(RequestKind.values(), "REQUEST_KIND_")) {
            if (!each.equals("REVERSAL") && !each.equals("CONTRACT_FEE")) {
                wanted.add("ask.what." + each);
                wanted.add("ask.next." + each);
            }
        }
        lower(wanted, CommissionDirection.values(), "COMMISSION_DIRECTION_", "pays.");
        lower(wanted, CommissionRounding.values(), "COMMISSION_ROUNDING_", "rounding.");
        lower(wanted, FormulaKind.values(), "FORMULA_KIND_", "formula.");
        lower(wanted, LimitConsequence.values(), "LIMIT_CONSEQUENCE_", "consequence.");
        lower(wanted, LimitConsequence.values(), "LIMIT_CONSEQUENCE_", "usage.reached.");
        lower(wanted, LimitConsequence.values(), "LIMIT_CONSEQUENCE_", "quote.over.");
        lower(wanted, LimitConsequence.values(), "LIMIT_CONSEQUENCE_", "usage.over.");
        lower(wanted, LimitMeasure.values(), "LIMIT_MEASURE_", "measure.");
        lower(wanted, LimitPeriod.values(), "LIMIT_PERIOD_", "period.");
        lower(wanted, ProfileLevel.values(), "PROFILE_LEVEL_", "level.");
    }

    private static void lower(Set<String> wanted, Enum<?>[] values, String start, String prefix) {
        for (String each : words(values, start)) {
            wanted.add(prefix + each.toLowerCase(Locale.ROOT));
        }
    }

    private static void words(
            Set<String> wanted, Enum<?>[] values, String start, String... prefixes) {
        for (String each : words(values, start)) {
            for (String prefix : prefixes) {
                wanted.add(prefix + each);
            }
        }
    }

    private static List<String> words(Enum<?>[] values, String start) {
        return Arrays.stream(values)
                .map(Enum::name)
                .filter(each -> each.startsWith(start) && !each.endsWith("_UNSPECIFIED"))
                .map(each -> each.substring(start.length()))
                .toList();
    }

    private static Set<String> keys(String... catalogues) throws IOException {
        var all = new HashSet<String>();
        for (String each : catalogues) {
            all.addAll(read(each).stringPropertyNames());
        }
        return all;
    }
}

package org.almonry.providers.bank;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What a bank wrote into field 86 of an MT940, or into the free text of an entry: who
/// paid, and why.
///
/// There is no common rule, but three habits. German, Austrian, Polish and some Dutch banks
/// number subfields behind a sign of their own ("166?00GUTSCHRIFT?20SVWZ+…?31DE…?32NAME").
/// Dutch, Belgian and Nordic banks name them between strokes ("/IBAN/NL…/NAME/…/REMI/…").
/// All others write plain text, which is kept as it is.
record MtDetails(String name, String account, String remittance, String endToEndId, String code) {
    private static final Pattern NUMBERED = Pattern.compile("^([0-9]{3})?([?~^>|<!@#&])[0-9]{2}");

    /// 00 booking text, 10 batch number, 20 to 29 and 60 to 65 payment text, 30 to 38 the
    /// other side, 70 to 79 the parties behind both.
    private static final String SUBFIELDS = "(00|10|2[0-9]|3[0-8]|6[0-5]|7[0-9])";

    private static final Pattern NAMED = Pattern.compile("^/[A-Z]{2,8}/");

    private static final Pattern NAMES =
            Pattern.compile("/(ACCW|ADDR|BENM|BIC|CHGS|CNTP|CSID|EREF|EXCH|FREF|IBAN|ID"
                    + "|IREF|ISDT|KREF|MARF|MREF|NAME|NRTX|OAMT|OCMT|ORDP|PREF|PURP|REAS|REMI|RREF|RTRN"
                    + "|SVCL|TRCD|TRTP|TYPE|ULTB|ULTC|ULTD)/");

    /// Words that SEPA payments carry in the payment text of numbered subfields.
    private static final Pattern SEPA = Pattern.compile(
            "(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|IBAN|BIC|PURP|RREF|BREF)\\+");

    private static final Pattern REMITTANCE_KIND =
            Pattern.compile("^(USTD|STRD)?/+((CUR|ISO|SCOR)/+)?");

    /// Subfields are 27 characters and lines 65; a full one goes on in the next without a
    /// space between.
    private static final int SUBFIELD_LENGTH = 27;

    private static final int LINE_LENGTH_FULL = 62;

    private static final int SUBFIELD_TEXT_FIRST = 20;

    static MtDetails parse(String told) {
        var text = told.strip();
        var numbered = NUMBERED.matcher(text);
        if (numbered.find()) {
            var code = numbered.group(1);
            return numbered(text, numbered.group(2), code == null ? "" : code);
        }
        if (NAMED.matcher(text).find()) {
            return named(joined(text));
        }
        if (text.contains("SVWZ+") || text.startsWith("EREF+")) {
            return sepa(joined(text), "", "", "");
        }
        return new MtDetails("", "", Texts.remittance(List.of(text.split("\n", -1))), "", "");
    }

    /// Text of ASN and SNS, where the movement names the other account, and the text begins
    /// with it and the name.
    static MtDetails ofAccount(String account, String text) {
        var first = text.lines().findFirst().orElse("");
        if (!first.startsWith(account)) {
            var plain = parse(text);
            return plain.account().isEmpty()
                    ? new MtDetails(
                            plain.name(),
                            account,
                            plain.remittance(),
                            plain.endToEndId(),
                            plain.code())
                    : plain;
        }
        return new MtDetails(
                Texts.name(first.substring(account.length())),
                account,
                Texts.remittance(text.lines().skip(1).toList()),
                "",
                "");
    }

    private static MtDetails numbered(String text, String separator, String code) {
        // Line ends fall anywhere here, since lines are cut to length after the subfields
        // were
        // written.
        var flat = text.replace("\n", "");
        var fields = new TreeMap<Integer, String>();
        var matcher = Pattern.compile(Pattern.quote(separator) + SUBFIELDS).matcher(flat);
        int number = -1;
        int from = 0;
        while (matcher.find()) {
            if (number >= 0) {
                fields.merge(number, flat.substring(from, matcher.start()), String::concat);
            }
            number = Integer.parseInt(matcher.group(1));
            from = matcher.end();
        }
        if (number >= 0) {
            fields.merge(number, flat.substring(from), String::concat);
        }
        var words = new ArrayList<String>();
        fields.forEach((key, value) -> {
            if (key >= SUBFIELD_TEXT_FIRST && key < 30 || key >= 60 && key < 70) {
                words.add(value);
            }
        });
        var name = glued(List.of(fields.getOrDefault(32, ""), fields.getOrDefault(33, "")));
        return sepa(glued(words), name, account(fields), code);
    }

    private static String account(Map<Integer, String> fields) {
        var bank = fields.getOrDefault(30, "").strip();
        var number = fields.getOrDefault(31, "").strip();
        if (number.isEmpty()) {
            number = fields.getOrDefault(38, "").strip();
        }
        return Texts.account(
                bank.matches("[0-9]{8}") && number.matches("[0-9]{1,10}")
                        ? bank + "/" + number
                        : number);
    }

    private static MtDetails sepa(String text, String name, String account, String code) {
        var values = new TreeMap<String, String>();
        var matcher = SEPA.matcher(text);
        var key = "";
        int from = 0;
        while (matcher.find()) {
            values.merge(key, text.substring(from, matcher.start()), String::concat);
            key = matcher.group(1);
            from = matcher.end();
        }
        values.merge(key, text.substring(from), String::concat);
        var purpose = values.getOrDefault("SVWZ", values.getOrDefault("", ""));
        return new MtDetails(
                Texts.name(name),
                account.isEmpty() ? Texts.account(values.getOrDefault("IBAN", "")) : account,
                Texts.remittance(List.of(Texts.oneLine(purpose))),
                Texts.reference(values.getOrDefault("EREF", "")),
                code);
    }

    private static MtDetails named(String text) {
        var values = new TreeMap<String, String>();
        var matcher = NAMES.matcher(text);
        var key = "";
        int from = 0;
        while (matcher.find(from == 0 ? 0 : from - 1)) {
            put(values, key, text.substring(Math.min(from, matcher.start()), matcher.start()));
            key = matcher.group(1);
            from = matcher.end();
        }
        put(values, key, text.substring(from));
        var counter = values.getOrDefault("CNTP", "").split("/", -1);
        var account = first(values.get("IBAN"), counter[0], values.get("ACCW"));
        int comma = account.indexOf(',');
        return new MtDetails(
                Texts.name(first(
                        values.get("NAME"),
                        counter.length > 2 ? counter[2] : "",
                        values.get("ORDP"),
                        values.get("BENM"))),
                Texts.account(comma < 0 ? account : account.substring(0, comma)),
                Texts.remittance(List.of(Texts.oneLine(first(
                        REMITTANCE_KIND.matcher(values.getOrDefault("REMI", "")).replaceFirst(""),
                        values.get("PREF"),
                        values.get("TRTP"))))),
                Texts.reference(values.getOrDefault("EREF", "")),
                "");
    }

    /// The first of equal names counts: what follows belongs to the ultimate party.
    private static void put(Map<String, String> values, String key, String value) {
        var stripped = value.replaceAll("^/+|/+$", "").strip();
        if (!stripped.isEmpty()) {
            values.putIfAbsent(key, stripped);
        }
    }

    private static String first(@Nullable String... candidates) {
        for (var each : candidates) {
            if (each != null && !each.isBlank()) {
                return each;
            }
        }
        return "";
    }

    private static String glued(List<String> parts) {
        var result = new StringBuilder();
        boolean full = true;
        for (var part : parts) {
            if (!full && !part.isEmpty()) {
                result.append(' ');
            }
            result.append(part);
            full = part.length() >= SUBFIELD_LENGTH || part.isEmpty() && full;
        }
        return result.toString().strip();
    }

    private static String joined(String text) {
        var result = new StringBuilder();
        boolean full = true;
        for (var line : text.split("\n", -1)) {
            if (!full && !line.startsWith("/")) {
                result.append(' ');
            }
            result.append(line);
            full = line.length() >= LINE_LENGTH_FULL;
        }
        return result.toString();
    }
}

package org.almonry.gateway.admin;

import org.almonry.gateway.Choice;
import org.almonry.gateway.View;
import org.almonry.process.v1.CommissionDirection;
import org.almonry.process.v1.CommissionRange;
import org.almonry.process.v1.CommissionRounding;
import org.almonry.process.v1.FormulaKind;
import org.almonry.process.v1.LimitConsequence;
import org.almonry.process.v1.LimitMeasure;
import org.almonry.process.v1.LimitPeriod;
import org.almonry.process.v1.ProfileLevel;
import org.almonry.process.v1.RequestKind;
import org.almonry.type.v1.Money;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What price lists and limits say, in words of the reader's language.
public final class PriceWords {

    /// The kinds that a person asks for; each can have a price and a limit.
    static final List<RequestKind> ASKED = List.of(
            RequestKind.REQUEST_KIND_CLIENT_ISSUE,
            RequestKind.REQUEST_KIND_CLIENT_TRANSFER,
            RequestKind.REQUEST_KIND_REDEEM,
            RequestKind.REQUEST_KIND_BANK_TOP_UP,
            RequestKind.REQUEST_KIND_BANK_REDEEM);

    private PriceWords() {}

    /// A constant as texts name it: COMMISSION_DIRECTION_OUT is "out".
    public static String word(Enum<?> constant) {
        return constant.name()
                .replaceFirst(
                        "^(COMMISSION_DIRECTION|COMMISSION_ROUNDING|FORMULA_KIND|LIMIT_CONSEQUENCE"
                                + "|LIMIT_MEASURE|LIMIT_PERIOD|PROFILE_LEVEL)_",
                        "")
                .toLowerCase(Locale.ROOT);
    }

    /// An amount of a currency.
    public static Money money(String currency, long minor) {
        return Money.newBuilder().setCurrency(currency).setMinor(minor).build();
    }

    /// The amounts that a range holds for.
    public static String amounts(View view, String currency, CommissionRange range) {
        String from = view.money(money(currency, range.getMinMinor()));
        if (range.hasBelowMinor()) {
            String below = view.money(money(currency, range.getBelowMinor()));
            return view.t("range.between", "from", from, "below", below);
        }
        return range.getMinMinor() == 0 ? view.t("range.all") : view.t("range.from", "from", from);
    }

    /// Whether a share is part of the kind of commission.
    public static boolean hasShare(FormulaKind kind) {
        return switch (kind) {
            case FORMULA_KIND_PERCENT,
                    FORMULA_KIND_GREATER,
                    FORMULA_KIND_LESSER,
                    FORMULA_KIND_FIXED_AND_PERCENT -> true;
            case FORMULA_KIND_ZERO, FORMULA_KIND_FIXED, FORMULA_KIND_UNSPECIFIED, UNRECOGNIZED ->
                false;
        };
    }

    /// Whether an amount is part of the kind of commission.
    public static boolean hasAmount(FormulaKind kind) {
        return switch (kind) {
            case FORMULA_KIND_FIXED,
                    FORMULA_KIND_GREATER,
                    FORMULA_KIND_LESSER,
                    FORMULA_KIND_FIXED_AND_PERCENT -> true;
            case FORMULA_KIND_ZERO, FORMULA_KIND_PERCENT, FORMULA_KIND_UNSPECIFIED, UNRECOGNIZED ->
                false;
        };
    }

    static List<Choice> kinds(View view, boolean withFee) {
        var kinds = new ArrayList<Choice>();
        for (var each : ASKED) {
            kinds.add(kind(view, each));
        }
        if (withFee) {
            kinds.add(kind(view, RequestKind.REQUEST_KIND_CONTRACT_FEE));
        }
        return kinds;
    }

    private static Choice kind(View view, RequestKind kind) {
        String word = RequestsPage.word(kind);
        return new Choice(word, view.t("process.kind." + word));
    }

    /// The constant of a word; the zero of its enum, which the core refuses, for any other.
    static RequestKind kind(String word) {
        return Arrays.stream(RequestKind.values())
                .filter(each -> RequestsPage.word(each).equals(word))
                .findFirst()
                .orElse(RequestKind.REQUEST_KIND_UNSPECIFIED);
    }

    static List<Choice> formulas(View view) {
        return choices(view, "formula.", FormulaKind.values());
    }

    static List<Choice> directions(View view) {
        return choices(view, "pays.", CommissionDirection.values());
    }

    /// Half away from zero is the default of the house and the zero of its enum.
    static List<Choice> roundings(View view) {
        var all = new ArrayList<Choice>();
        all.add(new Choice("unspecified", view.t("rounding.unspecified")));
        all.addAll(choices(view, "rounding.", CommissionRounding.values()));
        return all;
    }

    static List<Choice> levels(View view) {
        return choices(view, "level.", ProfileLevel.values());
    }

    static List<Choice> measures(View view) {
        return choices(view, "measure.", LimitMeasure.values());
    }

    static List<Choice> periods(View view) {
        return choices(view, "period.", LimitPeriod.values());
    }

    static List<Choice> consequences(View view) {
        return choices(view, "consequence.", LimitConsequence.values());
    }

    /// The constant of a word, or the one of another word that stands for none.
    static <E extends Enum<E>> E constant(E[] values, String word, E none) {
        return Arrays.stream(values)
                .filter(each -> word(each).equals(word))
                .findFirst()
                .orElse(none);
    }

    private static List<Choice> choices(View view, String key, Enum<?>[] values) {
        return Arrays.stream(values)
                .map(PriceWords::word)
                .filter(word -> !word.equals("unspecified") && !word.equals("unrecognized"))
                .map(word -> new Choice(word, view.t(key + word)))
                .toList();
    }
}

package org.almonry.gateway.admin;

import org.almonry.gateway.FormState;
import org.almonry.gateway.View;
import org.almonry.process.v1.CommissionDirection;
import org.almonry.process.v1.CommissionRange;
import org.almonry.process.v1.CommissionRounding;
import org.almonry.process.v1.FormulaKind;
import org.almonry.process.v1.PutRuleRequest;
import org.almonry.webkit.Forms;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What somebody typed for a rule. Its ranges are rows `min-0`, `below-0` and so on; a row
/// without a kind of commission is no range.
final class RuleForm {

    /// Rows that are offered at first, and that each press of the button adds.
    static final int RANGES_STEP = 3;

    /// A form has at most 200 fields.
    static final int RANGES_MAX = 30;

    private static final List<String> CELLS =
            List.of("min", "below", "formula", "percent", "fixed");

    private RuleForm() {}

    static FormState read(Forms posted) {
        var form = FormState.of(
                posted,
                "key",
                "kind",
                "currencies",
                "from",
                "until",
                "direction",
                "rounding",
                "rows",
                "ranges");
        for (int i = 0; i < rows(form); i++) {
            for (String cell : CELLS) {
                form.with(cell + "-" + i, posted.text(cell + "-" + i));
            }
        }
        return form;
    }

    /// How many rows were shown.
    static int rows(FormState form) {
        String typed = form.value("rows");
        return typed.matches("[0-9]{1,2}")
                ? Math.clamp(Integer.parseInt(typed), 1, RANGES_MAX)
                : RANGES_STEP;
    }

    /// The rule; what is wrong is noted in the form, and then it means nothing.
    static PutRuleRequest.Builder rule(View view, FormState form) {
        form.need(view, "currencies", "from");
        var currencies = Arrays.stream(
                        form.value("currencies").toUpperCase(Locale.ROOT).split("[\\s,;]+"))
                .filter(each -> !each.isEmpty())
                .toList();
        if (currencies.stream().anyMatch(each -> !each.matches("[A-Z]{3}"))) {
            form.wrong("currencies", view.t("error.currency"));
        }
        var from = Typed.day(view, form, "from");
        var until = Typed.day(view, form, "until");
        if (from.isPresent() && until.isPresent() && !until.get().isAfter(from.get())) {
            form.wrong("until", view.t("rule.until-wrong"));
        }
        return PutRuleRequest.newBuilder()
                .setIdempotencyKey(form.value("key"))
                .setKind(PriceWords.kind(form.value("kind")))
                .addAllCurrencies(currencies)
                .setFrom(form.value("from"))
                .setUntil(form.value("until"))
                .setActive(true)
                .setDirection(PriceWords.constant(
                        CommissionDirection.values(),
                        form.value("direction"),
                        CommissionDirection.COMMISSION_DIRECTION_UNSPECIFIED))
                .setRounding(PriceWords.constant(
                        CommissionRounding.values(),
                        form.value("rounding"),
                        CommissionRounding.COMMISSION_ROUNDING_UNSPECIFIED))
                .addAllRanges(
                        ranges(view, form, currencies.isEmpty() ? "" : currencies.getFirst()));
    }

    private static List<CommissionRange> ranges(View view, FormState form, String currency) {
        var ranges = new ArrayList<CommissionRange>();
        for (int i = 0; i < rows(form); i++) {
            String row = "-" + i;
            if (!form.value("formula" + row).isEmpty()) {
                ranges.add(range(view, form, row, currency));
            } else if (CELLS.stream().anyMatch(cell -> !form.value(cell + row).isEmpty())) {
                form.wrong("formula" + row, view.t("error.needed"));
            }
        }
        if (ranges.isEmpty()) {
            form.need(view, "formula-0");
        }
        return ranges;
    }

    private static CommissionRange range(View view, FormState form, String row, String currency) {
        var kind = PriceWords.constant(
                FormulaKind.values(),
                form.value("formula" + row),
                FormulaKind.FORMULA_KIND_UNSPECIFIED);
        var range = CommissionRange.newBuilder().setFormula(kind);
        OptionalLong min = Typed.minor(view, form, "min" + row, currency);
        OptionalLong below = Typed.minor(view, form, "below" + row, currency);
        min.ifPresent(range::setMinMinor);
        below.ifPresent(range::setBelowMinor);
        if (below.isPresent() && below.getAsLong() <= min.orElse(0)) {
            form.wrong("below" + row, view.t("range.empty"));
        }
        OptionalInt share = Typed.millionths(view, form, "percent" + row);
        share.ifPresent(range::setMillionths);
        fits(view, form, "percent" + row, PriceWords.hasShare(kind));
        OptionalLong fixed = Typed.minor(view, form, "fixed" + row, currency);
        fixed.ifPresent(range::setFixedMinor);
        fits(view, form, "fixed" + row, PriceWords.hasAmount(kind));
        return range.build();
    }

    /// What the kind of commission takes must be there, and nothing else.
    private static void fits(View view, FormState form, String field, boolean isNeeded) {
        if (isNeeded) {
            form.need(view, field);
        } else if (!form.value(field).isEmpty()) {
            form.wrong(field, view.t("range.unused"));
        }
    }
}

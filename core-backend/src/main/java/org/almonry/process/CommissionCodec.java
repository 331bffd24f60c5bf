package org.almonry.process;

import org.almonry.commission.Contract;
import org.almonry.commission.Direction;
import org.almonry.commission.Formula;
import org.almonry.commission.Level;
import org.almonry.commission.Profile;
import org.almonry.commission.Range;
import org.almonry.commission.RoundingRule;
import org.almonry.commission.Rule;
import org.almonry.error.v1.Reason;
import org.almonry.limit.Consequence;
import org.almonry.limit.Limit;
import org.almonry.limit.Measure;
import org.almonry.limit.Period;
import org.almonry.limit.Use;
import org.almonry.money.Currency;
import org.almonry.money.Money;
import org.almonry.process.v1.CommissionDirection;
import org.almonry.process.v1.CommissionRange;
import org.almonry.process.v1.CommissionRounding;
import org.almonry.process.v1.CommissionRule;
import org.almonry.process.v1.FormulaKind;
import org.almonry.process.v1.LimitConsequence;
import org.almonry.process.v1.LimitMeasure;
import org.almonry.process.v1.LimitPeriod;
import org.almonry.process.v1.LimitUse;
import org.almonry.process.v1.ProfileLevel;
import org.almonry.process.v1.PutLimitRequest;
import org.almonry.process.v1.PutRuleRequest;
import org.almonry.wire.Failure;
import org.almonry.wire.MoneyCodec;
import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/// Price lists and limits as messages of almonry.process.v1.
final class CommissionCodec {
    private static final String LEVEL = "PROFILE_LEVEL_";
    private static final String DIRECTION = "COMMISSION_DIRECTION_";
    private static final String ROUNDING = "COMMISSION_ROUNDING_";
    private static final String MEASURE = "LIMIT_MEASURE_";
    private static final String PERIOD = "LIMIT_PERIOD_";
    private static final String CONSEQUENCE = "LIMIT_CONSEQUENCE_";

    private CommissionCodec() {}

    static org.almonry.process.v1.Profile encode(Profile profile) {
        return org.almonry.process.v1.Profile.newBuilder()
                .setId(profile.id())
                .setName(profile.name())
                .setLevel(encode(profile.level()))
                .setTier(profile.tier().name().toLowerCase(Locale.ROOT))
                .setEarner(profile.earner())
                .setCopiedFrom(profile.copiedFrom())
                .build();
    }

    static org.almonry.process.v1.Contract encode(Contract contract) {
        return org.almonry.process.v1.Contract.newBuilder()
                .setOwner(contract.owner())
                .setLevel(encode(contract.level()))
                .setProfileId(contract.profileId())
                .setFrom(contract.from().toString())
                .build();
    }

    static CommissionRule encode(Rule rule) {
        var scope = rule.scope();
        var encoded = CommissionRule.newBuilder()
                .setId(rule.id())
                .setProfileId(scope.profileId())
                .setKind(RequestCodec.kind(scope.processKind()))
                .setCurrency(scope.currency().code())
                .setFrom(scope.from().toString())
                .setUntil(scope.until() == null ? "" : scope.until().toString())
                .setActive(rule.isActive())
                .setDirection(CommissionDirection.valueOf(
                        DIRECTION + rule.terms().direction().name()))
                .setRounding(encode(rule.terms().rounding()));
        rule.terms().ranges().forEach(range -> encoded.addRanges(encode(range)));
        return encoded.build();
    }

    static org.almonry.process.v1.Limit encode(Limit limit) {
        return org.almonry.process.v1.Limit.newBuilder()
                .setId(limit.id())
                .setProfileId(limit.scope().profileId())
                .setKind(RequestCodec.kind(limit.scope().processKind()))
                .setCurrency(limit.scope().currency().code())
                .setMeasure(
                        LimitMeasure.valueOf(MEASURE + limit.bound().measure().name()))
                .setPeriod(LimitPeriod.valueOf(PERIOD + limit.bound().period().name()))
                .setMaximum(limit.bound().maximum())
                .setConsequence(LimitConsequence.valueOf(
                        CONSEQUENCE + limit.bound().consequence().name()))
                .setActive(limit.isActive())
                .build();
    }

    static LimitUse encode(Use use) {
        var encoded = LimitUse.newBuilder()
                .setLimit(encode(use.limit()))
                .setUsed(MoneyCodec.toProto(
                        new Money(use.used().minor(), use.limit().scope().currency())))
                .setNumber(use.used().number())
                .setReached(use.isReached());
        var period = use.limit().bound().period();
        if (period != Period.TRANSACTION) {
            encoded.setFrom(use.from().toString());
        }
        if (period != Period.TRANSACTION && period != Period.LIFE) {
            encoded.setUntil(use.until().toString());
        }
        return encoded.build();
    }

    static Level decode(ProfileLevel level) {
        return Level.valueOf(RequestCodec.word(level.name(), LEVEL));
    }

    static List<Currency> currencies(PutRuleRequest request) {
        return request.getCurrenciesList().stream()
                .map(code -> valid("currencies", () -> Currency.of(code)))
                .toList();
    }

    static Currency currency(String code) {
        return valid("currency", () -> Currency.of(code));
    }

    static Rule.Scope scope(PutRuleRequest request, Currency currency) {
        return valid(
                "until",
                () -> new Rule.Scope(
                        request.getProfileId(),
                        RequestCodec.decode(request.getKind()).name(),
                        currency,
                        date(request.getFrom()),
                        until(request.getUntil())));
    }

    static Rule.Terms terms(PutRuleRequest request) {
        return valid(
                "ranges",
                () -> new Rule.Terms(
                        Direction.valueOf(
                                RequestCodec.word(request.getDirection().name(), DIRECTION)),
                        decode(request.getRounding()),
                        request.getRangesList().stream()
                                .map(CommissionCodec::decode)
                                .toList()));
    }

    static Limit limit(String id, PutLimitRequest request) {
        return valid(
                "maximum",
                () -> new Limit(
                        id,
                        new Limit.Scope(
                                request.getProfileId(),
                                RequestCodec.decode(request.getKind()).name(),
                                currency(request.getCurrency())),
                        new Limit.Bound(
                                Measure.valueOf(
                                        RequestCodec.word(request.getMeasure().name(), MEASURE)),
                                Period.valueOf(
                                        RequestCodec.word(request.getPeriod().name(), PERIOD)),
                                request.getMaximum(),
                                Consequence.valueOf(RequestCodec.word(
                                        request.getConsequence().name(), CONSEQUENCE))),
                        request.getActive()));
    }

    static LocalDate date(String text) {
        return valid("from", () -> LocalDate.parse(text));
    }

    private static ProfileLevel encode(Level level) {
        return ProfileLevel.valueOf(LEVEL + level.name());
    }

    private static CommissionRounding encode(RoundingRule rounding) {
        return rounding == RoundingRule.HALF_AWAY_FROM_ZERO
                ? CommissionRounding.COMMISSION_ROUNDING_UNSPECIFIED
                : CommissionRounding.valueOf(ROUNDING + rounding.name());
    }

    /// What a rule does not say is the default of the house.
    private static RoundingRule decode(CommissionRounding rounding) {
        return rounding == CommissionRounding.COMMISSION_ROUNDING_UNSPECIFIED
                ? RoundingRule.HALF_AWAY_FROM_ZERO
                : RoundingRule.valueOf(RequestCodec.word(rounding.name(), ROUNDING));
    }

    private static CommissionRange encode(Range range) {
        var encoded = CommissionRange.newBuilder().setMinMinor(range.minMinor());
        if (range.belowMinor() != Range.OPEN) {
            encoded.setBelowMinor(range.belowMinor());
        }
        switch (range.formula()) {
            case Formula.Zero _ -> encoded.setFormula(FormulaKind.FORMULA_KIND_ZERO);
            case Formula.Percent it ->
                encoded.setFormula(FormulaKind.FORMULA_KIND_PERCENT).setMillionths(it.millionths());
            case Formula.Fixed it ->
                encoded.setFormula(FormulaKind.FORMULA_KIND_FIXED).setFixedMinor(it.minor());
            case Formula.Greater it ->
                encoded.setFormula(FormulaKind.FORMULA_KIND_GREATER)
                        .setMillionths(it.millionths())
                        .setFixedMinor(it.minor());
            case Formula.Lesser it ->
                encoded.setFormula(FormulaKind.FORMULA_KIND_LESSER)
                        .setMillionths(it.millionths())
                        .setFixedMinor(it.minor());
            case Formula.FixedAndPercent it ->
                encoded.setFormula(FormulaKind.FORMULA_KIND_FIXED_AND_PERCENT)
                        .setMillionths(it.millionths())
                        .setFixedMinor(it.minor());
        }
        return encoded.build();
    }

    private static Range decode(CommissionRange range) {
        int millionths = range.getMillionths();
        long fixed = range.getFixedMinor();
        var formula = switch (range.getFormula()) {
            case FORMULA_KIND_ZERO -> new Formula.Zero();
            case FORMULA_KIND_PERCENT -> new Formula.Percent(millionths);
            case FORMULA_KIND_FIXED -> new Formula.Fixed(fixed);
            case FORMULA_KIND_GREATER -> new Formula.Greater(millionths, fixed);
            case FORMULA_KIND_LESSER -> new Formula.Lesser(millionths, fixed);
            case FORMULA_KIND_FIXED_AND_PERCENT -> new Formula.FixedAndPercent(millionths, fixed);
            case FORMULA_KIND_UNSPECIFIED, UNRECOGNIZED ->
                throw new IllegalArgumentException("a range does not say how it is calculated");
        };
        long below = range.hasBelowMinor() ? range.getBelowMinor() : Range.OPEN;
        return new Range(range.getMinMinor(), below, formula);
    }

    private static @Nullable LocalDate until(String text) {
        return text.isEmpty() ? null : LocalDate.parse(text);
    }

    /// What a value of ours refuses to be, the caller must not ask for.
    ///
    /// @param field the field of the request that is most likely at fault
    private static <T> T valid(String field, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException | DateTimeException e) {
            var failure = new Failure(
                    Reason.INVALID_ARGUMENT,
                    "This cannot be: " + e.getMessage(),
                    List.of(new Failure.Violation(field, String.valueOf(e.getMessage()))));
            failure.initCause(e);
            throw failure;
        }
    }
}

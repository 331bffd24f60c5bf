package org.almonry.webkit;

import static java.util.Objects.requireNonNull;

import org.almonry.money.Money;

import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Money and dates as a reader's language writes them. Nothing is rounded and nothing goes
/// through floating point; a minus is U+2212, which screen readers speak and no font
/// shrinks to a hyphen.
///
/// @param locale the reader's language
/// @param zone where days begin
public record Format(Locale locale, ZoneId zone) {

    /// Formats are costly to make and cheap to copy, and may not be shared between threads.
    /// The languages are those of the instance, so the maps stay small.
    private static final Map<Locale, NumberFormat> MONEY = new ConcurrentHashMap<>();

    private static final Map<Locale, NumberFormat> NUMBER = new ConcurrentHashMap<>();
    private static final Map<Locale, DateTimeFormatter> DATE = new ConcurrentHashMap<>();

    public Format {
        requireNonNull(locale, "locale is null");
        requireNonNull(zone, "zone is null");
    }

    /// An amount with its currency.
    public String money(Money money) {
        return money(money.minor(), money.currency().code());
    }

    /// An amount with its currency, as `25.00 €` or `25,00 €`. An unknown code is written
    /// out with two decimals.
    public String money(long minor, String currency) {
        NumberFormat format = (NumberFormat) MONEY.computeIfAbsent(
                        locale, key -> withRealMinus(NumberFormat.getCurrencyInstance(key)))
                .clone();
        int scale = scale(currency);
        try {
            format.setCurrency(Currency.getInstance(currency));
        } catch (IllegalArgumentException community) {
            return number(minor, scale) + "\u00a0" + currency;
        }
        format.setMinimumFractionDigits(scale);
        format.setMaximumFractionDigits(scale);
        return format.format(BigDecimal.valueOf(minor, scale));
    }

    /// An amount without its currency, for a column whose header names it.
    public String amount(long minor, String currency) {
        return number(minor, scale(currency));
    }

    /// An amount without its currency, without cents where there are none: for presets and
    /// axes.
    public String amountShort(long minor, String currency) {
        int scale = scale(currency);
        BigDecimal value = BigDecimal.valueOf(minor, scale);
        boolean whole = value.stripTrailingZeros().scale() <= 0;
        return whole ? number(value.longValueExact(), 0) : number(minor, scale);
    }

    /// A whole number.
    public String number(long value) {
        return number(value, 0);
    }

    /// A day, in words of middle length.
    public String date(LocalDate day) {
        return DATE.computeIfAbsent(
                        locale,
                        key -> DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                                .localizedBy(key))
                .format(day);
    }

    /// A moment to the minute, in the zone of the instance.
    public String time(Instant moment) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .localizedBy(locale)
                .format(moment.atZone(zone));
    }

    /// Decimals of a currency; two when ISO 4217 does not know it.
    public static int scale(String currency) {
        try {
            int digits = Currency.getInstance(currency).getDefaultFractionDigits();
            return Math.max(digits, 0);
        } catch (IllegalArgumentException community) {
            return 2;
        }
    }

    private String number(long minor, int scale) {
        NumberFormat format = (NumberFormat) NUMBER.computeIfAbsent(
                        locale, key -> withRealMinus(NumberFormat.getNumberInstance(key)))
                .clone();
        format.setMinimumFractionDigits(scale);
        format.setMaximumFractionDigits(scale);
        return format.format(BigDecimal.valueOf(minor, scale));
    }

    private static NumberFormat withRealMinus(NumberFormat format) {
        if (format instanceof DecimalFormat decimal) {
            DecimalFormatSymbols symbols = decimal.getDecimalFormatSymbols();
            symbols.setMinusSign('\u2212');
            decimal.setDecimalFormatSymbols(symbols);
        }
        return format;
    }
}

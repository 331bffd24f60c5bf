package org.almonry.gateway;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.util.Locale;

/// Exact decimals as a language writes them.
final class BigDecimalText {

    private BigDecimalText() {}

    static String of(BigDecimal value, Locale locale) {
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setMaximumFractionDigits(Math.max(value.scale(), 0));
        return format.format(value);
    }
}

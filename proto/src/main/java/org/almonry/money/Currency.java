package org.almonry.money;

import static java.util.Objects.requireNonNull;

/// A currency: its code and how many decimals its minor unit has.
///
/// The scale belongs to the value, so that no formatter has to guess it: yen have none,
/// dinars three.
public record Currency(String code, int scale) {
    /// The finest minor unit that still leaves 9 whole digits in a `long`; community
    /// currencies use it too.
    public static final int SCALE_MAX = 9;

    public Currency {
        requireNonNull(code, "code is null");
        if (!code.matches("[A-Z0-9]{3,8}")) {
            throw new IllegalArgumentException("not a currency code: " + code);
        }
        if (scale < 0 || scale > SCALE_MAX) {
            throw new IllegalArgumentException("scale out of range: " + scale);
        }
    }

    /// The ISO 4217 currency of this code. Unknown codes, and codes that are no money (gold,
    /// the test code XTS), are refused: an amount without a known minor unit cannot be stored.
    public static Currency of(String code) {
        java.util.Currency iso;
        try {
            iso = java.util.Currency.getInstance(code);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("unknown currency: " + code, e);
        }
        if (iso.getDefaultFractionDigits() < 0) {
            throw new IllegalArgumentException("not a currency to pay in: " + code);
        }
        return new Currency(code, iso.getDefaultFractionDigits());
    }

    @Override
    public String toString() {
        return code;
    }
}

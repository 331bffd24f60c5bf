package org.almonry.ledger.export;

import static java.util.Objects.requireNonNull;

import org.almonry.ledger.CoinKind;
import org.almonry.money.Currency;

import java.math.BigDecimal;
import java.util.Locale;

/// A coin as an account of plain-text accounting: `Liabilities:Hoster:Project:Prj-7f:C17`.
///
/// The name is of letters, digits and dashes, whatever the owner is called, and ends with
/// the coin's number, so that no two are the same and none ever changes.
record Account(
        long coinId,
        String issuerKey,
        Currency currency,
        CoinKind kind,
        String owner,
        String name,
        long opening,
        long closing) {
    Account {
        requireNonNull(issuerKey, "issuerKey is null");
        requireNonNull(currency, "currency is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(owner, "owner is null");
        requireNonNull(name, "name is null");
    }

    String path() {
        var root = switch (kind) {
            case ISSUING -> "Assets";
            case OVERHEAD, COMMISSION -> "Income";
            default -> "Liabilities";
        };
        var kindName = kind.name().charAt(0) + kind.name().substring(1).toLowerCase(Locale.ROOT);
        return String.join(":", root, part(issuerKey), kindName, part(owner), "C" + coinId);
    }

    /// An amount of the ledger as these files see it: with the other sign.
    String amount(long minor) {
        return BigDecimal.valueOf(minor, currency.scale()).negate().toPlainString();
    }

    /// Codes that begin with a digit are no commodity elsewhere.
    String commodity() {
        var code = currency.code();
        return Character.isDigit(code.charAt(0)) ? "X" + code : code;
    }

    private static String part(String text) {
        var plain = text.replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-+|-+$", "");
        return plain.isEmpty()
                ? "X"
                : plain.substring(0, 1).toUpperCase(Locale.ROOT) + plain.substring(1);
    }
}

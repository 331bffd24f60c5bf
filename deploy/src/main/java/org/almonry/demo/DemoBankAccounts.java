package org.almonry.demo;

import java.math.BigInteger;
import java.util.Map;

/// The accounts of the demo world. Their bank code belongs to no bank; the check digits are
/// right.
final class DemoBankAccounts {

    static final String HOLDER = "Almonry Demo Commons e.V.";
    static final String EUR_IBAN = iban("DE", "999000010000012345");
    static final String USD_IBAN = iban("DE", "999000010000067890");
    static final String FILE_IBAN = iban("DE", "999000020000054321");
    static final String BIC = "ALMODEFF";

    /// IBAN and currency of the accounts that the demo bank keeps.
    static Map<String, String> atDemoBank() {
        return Map.of(EUR_IBAN, "EUR", USD_IBAN, "USD");
    }

    void putInto(Map<String, Object> keys) {
        account(keys, "demo-bank", "main", EUR_IBAN, "EUR");
        account(keys, "demo-bank", "dollar", USD_IBAN, "USD");
        account(keys, "bank", "files", FILE_IBAN, "EUR");
    }

    private static void account(
            Map<String, Object> keys, String provider, String name, String iban, String currency) {
        var prefix = "providers." + provider + ".accounts." + name + ".";
        keys.put(prefix + "iban", iban);
        keys.put(prefix + "bic", BIC);
        keys.put(prefix + "holder", HOLDER);
        keys.put(prefix + "currency", currency);
        keys.put(prefix + "issuer", "hoster");
    }

    /// ISO 13616: the check digits make the number, with country and checks moved to the
    /// end and letters as 10 to 35, leave 1 modulo 97.
    private static String iban(String country, String number) {
        var digits = new StringBuilder();
        for (char c : (number + country + "00").toCharArray()) {
            digits.append(Character.getNumericValue(c));
        }
        int rest = new BigInteger(digits.toString()).mod(BigInteger.valueOf(97)).intValue();
        return "%s%02d%s".formatted(country, 98 - rest, number);
    }
}

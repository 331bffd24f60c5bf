package org.almonry.giving;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.almonry.directory.CreditorReference;
import org.almonry.money.Money;
import org.almonry.providers.Account;

/// The text inside the QR code that banking apps read (EPC069-12, version 002, SEPA credit
/// transfer). It carries the structured reference; free text would shut it out.
public final class EpcPayload {
    /// Most bytes that the guideline allows.
    public static final int BYTES_MAX = 331;

    private static final int NAME_MAX = 70;

    /// The guideline's range: a cent to a cent below a billion.
    private static final long MINOR_MAX = 99_999_999_999L;

    private EpcPayload() {}

    /// The payload, or nothing where the scheme does not reach: another currency than euro,
    /// or an account without IBAN.
    public static String of(Account account, Money amount, CreditorReference reference) {
        if (!amount.currency().code().equals("EUR")
                || !amount.isPositive()
                || amount.minor() > MINOR_MAX
                || !account.identification().matches("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")) {
            return "";
        }
        String head = String.join("\n", "BCD", "002", "1", "SCT", account.bic(), "");
        String tail = String.join(
                "\n",
                "",
                account.identification(),
                "EUR" + amount.toDecimal().toPlainString(),
                "",
                reference.value());
        int room = BYTES_MAX - head.getBytes(UTF_8).length - tail.getBytes(UTF_8).length;
        return head + cut(account.holder(), room) + tail;
    }

    /// As much of the name as fits into 70 characters and the room in bytes.
    private static String cut(String name, int room) {
        String oneLine = name.replaceAll("\\p{Cntrl}", " ").strip();
        StringBuilder kept = new StringBuilder();
        int bytes = 0;
        int count = 0;
        for (int codePoint : oneLine.codePoints().toArray()) {
            bytes += Character.toString(codePoint).getBytes(UTF_8).length;
            count++;
            if (bytes > room || count > NAME_MAX) {
                break;
            }
            kept.appendCodePoint(codePoint);
        }
        return kept.toString().strip();
    }
}

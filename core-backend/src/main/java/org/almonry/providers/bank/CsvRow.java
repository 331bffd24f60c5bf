package org.almonry.providers.bank;

import org.almonry.money.Money;
import org.almonry.providers.StatementLine;
import org.jspecify.annotations.Nullable;

import java.time.LocalDate;

/// A row of a CSV file, read by its mapping.
record CsvRow(
        LocalDate booking,
        @Nullable LocalDate value,
        Money amount,
        String name,
        String account,
        String remittance,
        String reference,
        @Nullable Money balance,
        String raw) {
    StatementLine line(long position) {
        return new StatementLine(
                booking,
                value,
                amount,
                name,
                account,
                remittance,
                reference,
                "",
                "",
                balance,
                raw,
                position);
    }
}

package org.almonry.accounting;

import org.almonry.money.Money;
import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.List;

/// One statement of a file, as checked or as imported.
///
/// @param account IBAN or number as the file has it
/// @param breaks what is wrong with it, in words; it blocks nothing else (C-023)
/// @param added lines that were new; 0 after a check
/// @param duplicates lines that were known; 0 after a check
public record StatementReport(
        String account,
        String statementId,
        LocalDate from,
        LocalDate to,
        @Nullable Money opening,
        @Nullable Money closing,
        long entries,
        List<String> breaks,
        long added,
        long duplicates) {
    /// Copies the list.
    public StatementReport {
        breaks = List.copyOf(breaks);
    }
}

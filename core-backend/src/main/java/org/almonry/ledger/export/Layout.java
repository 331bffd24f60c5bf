package org.almonry.ledger.export;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Collection;

/// How a file is written: its head, then each line, then its end.
interface Layout {
    /// @param opensOn the day before the period: accounts are open on it, and balances
    ///     brought forward
    void begin(Collection<Account> accounts, LocalDate opensOn) throws IOException;

    void line(Line line) throws IOException;

    /// @param closesOn the last day of the file
    void end(Collection<Account> accounts, LocalDate closesOn) throws IOException;
}

package org.almonry.accounting;

import org.almonry.ledger.read.LedgerReads;
import org.almonry.money.Money;
import org.almonry.providers.Account;
import org.almonry.providers.Accounts;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.List;

/// Compares the balance that a bank reports with the one that the ledger holds (C-023). The
/// difference is **drift**: nothing hides it, nothing evens it out.
public final class Reconciliation {
    private final Jdbi accounting;
    private final Accounts accounts;
    private final LedgerReads reads;

    /// Wires the comparison.
    public Reconciliation(Jdbi accounting, Accounts accounts, LedgerReads reads) {
        this.accounting = accounting;
        this.accounts = accounts;
        this.reads = reads;
    }

    /// An account on both sides.
    ///
    /// @param reported last balance that a statement closed with; null before the first
    /// @param reportedOn date of that balance
    /// @param held what the bank should hold by the ledger, lines after that date included
    /// @param drift reported less held, lines after that date aside; zero before the first
    ///     balance
    public record Standing(
            Account account,
            @Nullable Money reported,
            @Nullable LocalDate reportedOn,
            Money held,
            Money drift) {
        /// Whether the two sides differ.
        public boolean isDrifting() {
            return !drift.isZero();
        }
    }

    /// All accounts, oldest first.
    public List<Standing> accounts() {
        return accounts.all().stream().map(this::standing).toList();
    }

    private Standing standing(Account account) {
        var held = reads.coin(account.issuingCoin())
                .map(coin -> new Money(coin.balance(), coin.currency()))
                .orElse(new Money(0, account.currency()))
                .negate();
        return accounting.withHandle(handle -> {
            var latest = StatementStore.latest(handle, account.id()).orElse(null);
            if (latest == null || latest.closing() == null) {
                return new Standing(account, null, null, held, new Money(0, account.currency()));
            }
            Money reported = latest.closing();
            // Intraday reports and exports may know lines that no closing balance holds
            // yet.
            long later = OverviewStore.linesAfter(handle, account.id(), latest.to());
            var drift = reported.minus(held.minus(new Money(later, account.currency())));
            return new Standing(account, reported, latest.to(), held, drift);
        });
    }
}

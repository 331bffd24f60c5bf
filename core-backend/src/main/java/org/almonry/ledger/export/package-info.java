/// The journal of a period as a file: CSV for spreadsheets, beancount and hledger for
/// plain-text accounting.
///
/// The file is written as it is read, on one snapshot, whatever its size. Plain-text files
/// are complete: they open every account, carry the balances of the day before forward, and
/// assert every closing balance as the ledger has it, so that `bean-check` and `hledger
/// check` recompute the period independently.
///
/// Signs: in the ledger a coin holds what its issuer owes, a positive number; in these
/// files that is a liability, and therefore negative. An issuing coin is an asset (the bank
/// account that it mirrors). Shares that are earned (overhead, commissions) are income.
/// Only value that moves is written: holds and checks move none.
@NullMarked
package org.almonry.ledger.export;

import org.jspecify.annotations.NullMarked;

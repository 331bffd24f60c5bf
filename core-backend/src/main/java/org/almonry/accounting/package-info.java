/// Incoming money: what providers report, and how it becomes booked money (C-010 to C-041).
///
/// Words: a **statement** is what a provider sends about one account; a **line** of it
/// becomes an **incoming** row, once, word for word, however often and in whatever pieces
/// it is sent again (C-017, C-019). Every row is **posted** into its account's incoming
/// coin at once, so that the ledger agrees with the bank before anybody has looked at it.
/// Then the accounting process **matches** it and **books** it on to projects, or it waits
/// in the inbox.
///
/// Order of one import: the whole file is checked; each statement is stored in one
/// transaction under the account's lock; its rows are posted with request ids derived from
/// the rows; its new lines are offered to the matcher; the statement is marked as settled.
/// A crash between any two of these is repaired by doing the rest again.
///
/// Invariants: a stored line never changes; a line is stored once; opening balances plus
/// lines equal the bank's balance, or the difference is shown as **drift** (C-023); no
/// break in a statement blocks another one.
///
/// Matching is pure ([Matcher]); only an exact, unambiguous code is booked without a
/// person. A decision (book, ignore, undo) is one posting under ids that follow from its
/// operation, guarded by the version that its maker saw; undoing is a correcting process,
/// never a deletion (C-032, C-038).
///
/// Tables: `accounting.statement`, `incoming`, `sighting`, `opening`, `settlement`
/// (history, append-only), `fetch_run`, `fetch_cursor`, `fetch_alarm`, `upload` (work in
/// progress), `member_suggestion`, `rate` (append-only), `export`; views `standing`,
/// `booking`, `gift`, `payer`, `journal` over the ledger and the processes. From the CCT
/// specification: incoming transactions and the accounting process.
@NullMarked
package org.almonry.accounting;

import org.jspecify.annotations.NullMarked;

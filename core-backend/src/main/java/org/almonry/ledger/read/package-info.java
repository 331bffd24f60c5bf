/// Everything that only reads the books: coins, entries, balances as of a moment,
/// statements, holds, searches, explanations. Writing is [org.almonry.ledger.Ledger].
///
/// A leg has two dates. By **recorded** date the books are what they were told to be at
/// that moment, for ever: ids of transactions grow with time, so a moment is an id, and the
/// balance at it is the one that the coin's last row before it carries. By **effective**
/// date a later row may count for an earlier day: the recorded balance at the end of that
/// day is mended by the rows of `ledger.backdated` whose two dates lie on different sides
/// of it. Both can be asked together: what was known then of that day.
///
/// No read holds up the writer. Every list is a page with a cursor that names a place, so
/// nothing is repeated or lost when rows are added meanwhile. The journal is in parts by
/// id; every query on it is bounded by id and led by an index of coin and id.
///
/// Tables: reads those of the ledger, owns none.
@NullMarked
package org.almonry.ledger.read;

import org.jspecify.annotations.NullMarked;

/// Notes on coins and transactions: a name and a value, set by whoever keeps books, with
/// every earlier value. They are no part of the books and change nothing in them, and hold
/// no personal data, because nothing here can be deleted.
///
/// Tables: `ledger.metadata` (append-only; the newest row of a target and key counts).
@NullMarked
package org.almonry.ledger.metadata;

import org.jspecify.annotations.NullMarked;

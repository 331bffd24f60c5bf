/// The ledger's books in PostgreSQL: the journal of the writer and the register of coins.
///
/// Tables: `ledger.issuer`, `ledger.coin`, `ledger.transaction` (in parts of five million
/// rows), `ledger.request`, `ledger.batch`, `ledger.head`, `ledger.hold`,
/// `ledger.correction`, `ledger.backdated`, `ledger.period`. A batch is one call of
/// `ledger.post_batch`, and the trigger on `ledger.transaction` proves it again and moves
/// coins and holds; the application role can do neither itself.
@NullMarked
package org.almonry.ledger.postgres;

import org.jspecify.annotations.NullMarked;

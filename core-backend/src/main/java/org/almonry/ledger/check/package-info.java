/// Whether the books are right, and what the ledger does about time by itself.
///
/// [LedgerCheck] recomputes everything, on demand. [SelfCheck] runs every minute, bounded:
///
/// - [History]: batches are chained and seal the rows that are there, numbers have no gap,
///   each entry follows from the one before it;
/// - [CoinCheck]: a coin stands where its last entry left it, what is held is what its open
///   holds say (K-024), what circulates is what was issued (K-034);
/// - [TransitCheck]: transit coins are empty after each process (K-035).
///
/// A breach stops value movement: the head of the books, through which each batch goes, is
/// closed on every core, over restarts, until a person lifts it. Tables: `ledger.check_run`,
/// `ledger.halt`. [HoldExpiry] gives back what was reserved for too long.
@NullMarked
package org.almonry.ledger.check;

import org.jspecify.annotations.NullMarked;

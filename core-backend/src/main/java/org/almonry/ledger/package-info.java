/// The books: coins, and the transactions that move value between them. The kernel judges,
/// the engine writes; neither knows the database, which is `ledger.postgres`.
///
/// A **coin** is a balance-carrying account of one **issuer** in one currency. A
/// **transaction** is one atomic step on one or two coins, stored as one row, so that it
/// balances by its form; its legs, seen from their coins, are **entries**. Creating value is
/// a transaction from an issuing coin, taking it out one back to it, so all coins of an
/// issuer and currency sum to zero at every moment. A **hold** sets an amount of a coin
/// aside until it is captured, given back, or expires.
///
/// Invariants, asserted where a batch is made, proven again by the database for every batch,
/// and recomputed by `ledger.check`:
///
/// - L1 the legs of a transaction sum to zero;
/// - L2 both coins of a transaction have one issuer and one currency;
/// - L3 transactions are never updated or deleted; a correction names what it undoes;
/// - L4 the balance of a coin is the sum of its entries, and its sequence has no gap;
/// - L5 balance - held + credit limit is not negative, but for coins that may be overdrawn;
/// - L6 a hold is resolved once, and captures at most what it held;
/// - L7 one request id has one result, for ever;
/// - L8 every batch is chained to the one before by hash, every transaction is a leaf of it.
///
/// How it works: callers judge nothing. A [PostRequest] waits in the [Intake]; the [Writer]
/// takes what is there, lets the [Bookkeeper] judge it on the [Picture] held in memory,
/// commits the [Batch] to the [Journal], and only then answers everybody. Safety never
/// rests on memory being right: the journal refuses what does not follow from the coins,
/// request ids that exist, and a writer that was replaced.
///
/// Example: 25.00 EUR arrive for the otters, who let 10.00 be held and 6.00 of it captured:
///
/// ```
/// 1 issue          bank account (issuing) -> incoming   25.00
/// 2 transfer       incoming -> otters                   25.00   otters 25.00
/// 3 authorization  otters (for shop)                    10.00   otters 25.00, held 10.00
/// 4 capture        otters -> shop                        6.00   otters 19.00, held 0.00
/// ```
@NullMarked
package org.almonry.ledger;

import org.jspecify.annotations.NullMarked;

/// The ledger: coins, and the transactions that move value between them.
///
/// A **coin** is a balance-carrying account of one **issuer** in one currency. A
/// **transaction** is one atomic step with two legs, stored as one row, so that it balances
/// by its form; its legs, seen from their coins, are **entries**. Creating value is a
/// transaction from an issuing coin, taking it out one back to it, so all coins of an
/// issuer and currency sum to zero at every moment.
///
/// Invariants, each asserted by [Bookkeeper], proven again by the database for every batch,
/// and recomputed by [Ledger#verify]:
///
/// - L1 the legs of a transaction sum to zero;
/// - L2 both coins of a transaction have one issuer and one currency;
/// - L3 transactions are never updated or deleted;
/// - L4 the balance of a coin is the sum of its entries, and its sequence numbers have no
///   gap;
/// - L5 balance - held + credit limit is not negative, except on coins that may be
///   overdrawn;
/// - L7 one request id has one result, for ever.
///
/// How it works: callers judge nothing. A [PostRequest] waits in a queue; one writer thread
/// takes what is there (at most [Writer#BATCH_MAX]), judges each by the pure [Bookkeeper]
/// on the coins that it holds in memory, writes the batch in one database transaction, and
/// only then answers everybody. Safety never rests on its memory being right: the database
/// refuses rows that do not follow from the coins, request ids that exist, and a writer
/// that was replaced.
///
/// Example: 25.00 EUR arrive and go to a project, one tenth to the hoster's overhead:
///
/// ```
/// 1 issue       bank account (issuing) -> incoming   25.00     issuing -25.00, incoming 25.00
/// 2 transfer    incoming -> otters                   25.00     incoming 0.00, otters 25.00
/// 3 commission  otters -> overhead                    2.50     otters 22.50, overhead 2.50
/// ```
///
/// Tables: `ledger.issuer`, `ledger.coin`, `ledger.transaction`, `ledger.request`,
/// `ledger.batch`, `ledger.head`, and the view `ledger.entry`.
@NullMarked
package org.almonry.ledger;

import org.jspecify.annotations.NullMarked;

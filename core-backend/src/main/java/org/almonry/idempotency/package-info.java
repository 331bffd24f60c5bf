/// The same request sent twice does its work once and answers the same both times.
///
/// Every changing call carries a key that its caller chose. The first call with a key
/// stores a digest of the whole request and, with the work, the answer; a later call with
/// the same key and digest gets that answer, one with another digest is refused as
/// IDEMPOTENCY_CONFLICT. Keys count per actor and method. Answers are kept for 30 days;
/// what moves money is known by the ledger's request ids for ever.
///
/// Table: `idempotency.request`, one in each database, so that a key commits with its work.
@NullMarked
package org.almonry.idempotency;

import org.jspecify.annotations.NullMarked;

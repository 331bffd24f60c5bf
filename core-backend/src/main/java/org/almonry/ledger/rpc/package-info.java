/// The ledger on the wire: `LedgerService` for what processes of the inner zone write,
/// `LedgerReaderService` for what they read, `LedgerReadService` for admins.
///
/// The reads are one implementation, bound twice under different rules. Postings are decoded in
/// bulk: a
/// message is one list of requests, handed to the engine at once, so the work per posting
/// is decoding it and nothing else; no thread is started for a single one. What is not
/// clear from a message, the currency of a coin, is looked up once and remembered, because
/// it never changes.
///
/// Every limit has a name: [PostingCodec#OPERATIONS_MAX] of a call,
/// [PostStreamRpc#IN_FLIGHT_MAX] of a stream; those of single messages are rules of the
/// contract.
@NullMarked
package org.almonry.ledger.rpc;

import org.jspecify.annotations.NullMarked;

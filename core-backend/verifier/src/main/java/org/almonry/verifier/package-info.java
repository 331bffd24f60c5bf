/// The verifier: reads an export of the ledger and public keys, and reports every edit,
/// deletion, insertion, reordering, truncation, fork and rewritten chain.
///
/// It shares no code with the core, on purpose: what it knows of the form of the export, of
/// the canonical bytes and of the rules of the books is written here a second time. It
/// needs no database, no network and no secret.
///
/// [Verifier] reads each file once. [Books] judges the rows one by one, as double entry,
/// sequence and rule; [Hashing] computes leaves and roots beside it on all cores;
/// [ChainCheck] follows the batches and the log, [Notes] the signatures. What does not fit
/// is a [Finding]; [Explainer] then looks for the one change that the hashes accept, which
/// proves what was there before.
@NullMarked
package org.almonry.verifier;

import org.jspecify.annotations.NullMarked;

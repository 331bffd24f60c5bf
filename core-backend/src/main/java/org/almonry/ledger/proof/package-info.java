/// Proof: what lets an outsider, who trusts neither the core nor its database, see that
/// history is what it was.
///
/// Every transaction and every request is a **leaf**: canonical, versioned,
/// length-prefixed bytes ([LeafWriter]). A batch of the writer seals its leaves under two
/// **Merkle roots** ([Merkle]) and is chained to the batch before it ([BatchSeal]). The
/// batches in their order are the leaves of a **transparency log** (RFC 6962); its
/// **checkpoints** are signed with a key that the database does not hold.
///
/// The module `verifier` reads an export and the public key, and does all of this again
/// with code of its own. So a change of these bytes is a new version, never an edit.
@NullMarked
package org.almonry.ledger.proof;

import org.jspecify.annotations.NullMarked;

/// Business processes and requests: what people look for ("this gift"), above the atomic
/// steps of the ledger (K-003, K-004, K-006).
///
/// A **process** has a kind, a state, a subject and details; its transactions carry its id. It
/// is opened and advanced only by a posting ([org.almonry.ledger.process.ProcessChange]), in the
/// posting's commit and guarded by the expected state, and each change leaves a step that
/// nobody alters.
///
/// A **business request** is a process that somebody asked for. It is calculated, made, and
/// then limited, waiting for a second person, waiting for an accountant, or booked at once;
/// people approve, decline, reject or repeat it ([Action] is the whole table), and take it back
/// as a whole by a reversal. What it costs is fixed in a [Plan] when it is made. Nobody approves
/// what they asked for themselves (K-094).
///
/// ```
/// client transfer over 100.00, 3.00 on top, by hand
/// make     REQUIRES_CONFIRMATION   authorization 100.00, commission authorization 3.00
/// approve  APPROVED, PROCESSED     capture 100.00, commission capture 3.00
/// ```
///
/// Each step is stored as an **attempt** before it is posted, under the request id of its
/// posting; so a crash at any moment leaves either nothing or a step that is posted later, and
/// the same step twice is one posting.
///
/// Kinds of the accounting process: `OPENING` (first balance of an account), `INCOMING` (a line
/// of a statement: WAITING, BOOKED, IGNORED), `BOOKING` (lines assigned to projects),
/// `CORRECTION` (undoes a booking by reverse operations). Kinds of requests: [ProcessKind].
///
/// Tables: `process.process`, `process.process_step`, `process.request`, `process.attempt`.
@NullMarked
package org.almonry.process;

import org.jspecify.annotations.NullMarked;

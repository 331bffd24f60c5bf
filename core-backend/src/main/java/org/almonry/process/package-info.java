/// Business processes: what people look for ("this gift"), above the atomic steps of the
/// ledger (K-003, K-006).
///
/// A process has a kind, a state, a subject and details; its transactions carry its id. It
/// is opened and advanced only by a posting ([org.almonry.ledger.ProcessChange]), in the
/// posting's commit and guarded by the expected state, and each change leaves a step that
/// nobody alters. Tables: `process.process`, `process.process_step`.
///
/// Kinds: `OPENING` (first balance of an account), `INCOMING` (a line of a statement:
/// WAITING, BOOKED, IGNORED), `BOOKING` (lines assigned to projects), `CORRECTION` (undoes
/// a booking by reverse operations).
@NullMarked
package org.almonry.process;

import org.jspecify.annotations.NullMarked;

/// Limits: how much, or how often, an owner of coins may do something in a period (K-055).
///
/// A **limit** belongs to a profile and holds for one kind of process and one currency. What is
/// asked for counts from the moment it is asked for: a **usage** is written in the transaction
/// that stores the request, behind a lock on owner, kind and currency, so that of many at once
/// no more fit than the limit allows. Usage is given back when its request ends without money
/// having moved. Sums are taken over usage rows and never kept, so they cannot drift.
///
/// Periods are those of the calendar in the organisation's zone: a usage belongs to the
/// local day on which it was asked for, and every window is a row of whole local days.
///
/// Tables: `limits.rule` (append-only, versions), `limits.usage`.
@NullMarked
package org.almonry.limit;

import org.jspecify.annotations.NullMarked;

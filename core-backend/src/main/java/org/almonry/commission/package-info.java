/// Commissions: what a process costs, who pays it and who earns it (K-050 to K-057).
///
/// A **profile** is a price list: **rules** by kind of process, currency and dates, each with
/// conditions by ranges of amounts. A **contract** says which profile an owner of coins has
/// from a day on: one of the four tiers or an own one, made by copy. The system's profile and
/// a provider's both apply; each earns into its own commission coin.
///
/// The arithmetic ([Formula], [Direction], [Calculation]) is pure: whole minor units, percent
/// as whole millionths, one named rounding per rule. Both the calculate call and the booking
/// read the same [Calculation], so they cannot differ.
///
/// Nothing is changed in place: a rule that is put again is a new version, and what a request
/// was promised stays with that request. Tables: `commission.profile`, `commission.rule`,
/// `commission.range`, `commission.contract`.
@NullMarked
package org.almonry.commission;

import org.jspecify.annotations.NullMarked;

/// The ledger beside what a user would pick instead: one PostgreSQL, alternating rounds,
/// medians.
///
/// [LedgerBench] runs it. A [Contender] is one implementation with a database of its own; a
/// [Cell] is one load at one number of clients; each round measures every cell with all of
/// its contenders, one after the other, so that what the machine does in a minute hits all
/// of them. [Goals] compares medians, [BenchPage] writes them to `docs/benchmarks.md`.
///
/// Peers that are functions of the database are driven by Debian's `pgbench`, which costs
/// far less than a Java client does; the Java load generators compete with the server for
/// the same cores, ours first of all.
@NullMarked
package org.almonry.bench.ledger;

import org.jspecify.annotations.NullMarked;

/// Banks: the files that they write, read into the lines of `providers`, and the drop
/// folder for them.
///
/// [StatementReader] is the way in. It tells formats apart by content and hands a file to
/// one of three readers, each of which holds one entry at a time, so that a file of 256 MiB
/// needs no more heap than a small one:
///
/// - `CamtReader`: ISO 20022 camt.052, .053 and .054, versions 02 to 08. Entries are cut
///   out of the stream by the JDK's StAX parser and read by element name. The models of
///   pw-iso20022 were measured and left to the tests, where they are the second opinion:
///   binding 100,000 entries one at a time took more than twice as long as all of the
///   reading here, after six seconds to build the first context; each version has its own
///   classes (ReportEntry2, 4, 8, 10 … with no common type); and a model drops the elements
///   that real banks put where the schema has none.
/// - `MtReader`: SWIFT MT940 and MT942, field by field with the fields of pw-swift-core;
///   `MtDetails` reads what banks write into field 86.
/// - `CsvStatements`: any CSV file, with a mapping of its columns.
///
/// What every format has in common: only booked entries become lines; a file that is cut
/// off, hostile or not well-formed is refused whole with the place; a single entry that
/// makes no sense is named and left out.
@NullMarked
package org.almonry.providers.bank;

import org.jspecify.annotations.NullMarked;

/// The audit log: who did what, through which process, and how it ended.
///
/// Rows are only added; the database refuses anything else to the application role and, by
/// trigger, to everybody. Rows about money are written in the commit of the posting, so
/// that there is no booking without its row and no row without its booking. Table:
/// `audit.entry`.
@NullMarked
package org.almonry.audit;

import org.jspecify.annotations.NullMarked;

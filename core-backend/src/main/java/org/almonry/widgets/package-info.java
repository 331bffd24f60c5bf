/// The narrow door that internet-facing widgets may knock at: public data of projects that
/// may receive, and pledges, which only who made them can read again.
///
/// Nothing here names a person: no member, no giver, no incoming line.
@NullMarked
package org.almonry.widgets;

import org.jspecify.annotations.NullMarked;

/// Whether the books are right: everything is recomputed from the transactions.
@NullMarked
package org.almonry.ledger.check;

import org.jspecify.annotations.NullMarked;

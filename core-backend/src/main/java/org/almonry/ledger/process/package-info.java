/// What a posting does to business processes, which live above the ledger: they change in
/// its commit or not at all.
@NullMarked
package org.almonry.ledger.process;

import org.jspecify.annotations.NullMarked;

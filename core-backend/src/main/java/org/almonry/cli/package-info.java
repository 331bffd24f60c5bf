/// Commands for the host of the core.
@NullMarked
package org.almonry.cli;

import org.jspecify.annotations.NullMarked;

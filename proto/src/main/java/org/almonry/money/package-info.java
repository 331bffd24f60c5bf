/// Money as every process of Almonry knows it: whole minor units of one currency, exact or
/// refused.
@NullMarked
package org.almonry.money;

import org.jspecify.annotations.NullMarked;

/// The composition root: configuration, databases, the object graph and the server. It
/// imports everything and is imported by nothing.
@NullMarked
package org.almonry.core;

import org.jspecify.annotations.NullMarked;

/// Benchmarks of whole processes, outside `verify`: `./mvnw -Pbench`.
///
/// Each prints a ratio against a named reference that ran in the same minute on the same
/// machine; the absolute numbers beside it only say which machine that was.
@NullMarked
package org.almonry.bench;

import org.jspecify.annotations.NullMarked;

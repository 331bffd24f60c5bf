/// The demo bank as a provider: statements over an HTTP API, a page at a time.
///
/// It is the smallest real provider: a token, a pinned certificate, a list of pages after a
/// cursor, and files. Start from it when writing another.
@NullMarked
package org.almonry.providers.sandbox;

import org.jspecify.annotations.NullMarked;

/// The demo bank: an outside party of its own, with a page where a person pays and an API
/// that a provider fetches camt.053 statements from.
///
/// It is a fake of a bank, not of Almonry: it speaks HTTPS with a certificate that the core
/// must be told to trust, asks for a bearer token, and misbehaves on demand. A payment
/// whose text contains one of these words does so at the next fetch:
///
/// - `FAIL-ONCE`: the listing is answered 503, once
/// - `TIMEOUT-ONCE`: the listing is answered too late, once
/// - `PARTIAL`: the connection breaks in the middle of the file, once
/// - `REPEAT`: the same file is listed twice
/// - `OVERLAP`: the file begins some entries before the cursor
/// - `TWICE`: two identical entries without a reference of their own
@NullMarked
package org.almonry.demobank;

import org.jspecify.annotations.NullMarked;

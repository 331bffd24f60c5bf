/// Mail that the core sends: sign-in links, thanks for gifts, reports and alarms for
/// admins.
///
/// Whoever wants a mail sent stores it here, with a key that names the occasion; the same
/// occasion makes one mail however often it is told. A job sends what waits and tries
/// again, later each time. A crash after the mail server took a mail and before that was
/// noted sends it twice, with the same Message-ID, by which mail programs recognise the
/// copy; the other way round it would be lost.
///
/// Table: `mail.message` in the identity database, since it holds addresses. Bodies are
/// erased once sent, addresses 30 days later. No address and no body is ever written to a
/// log.
@NullMarked
package org.almonry.mail;

import org.jspecify.annotations.NullMarked;

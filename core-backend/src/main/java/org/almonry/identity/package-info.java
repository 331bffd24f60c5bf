/// People: users who sign in, and supporters who give.
///
/// Signing in is by a one-time link, mailed to the user's address. The link works once, for
/// 15 minutes, at the gateway that it was asked from. It is traded for a session: 32 random
/// bytes that the core makes, tells once and keeps as a hash. The session belongs to the
/// process identity that redeemed the link, ends after 30 idle minutes and after a fixed
/// time in any case, and at once when the user is disabled. A gateway stores nothing, so
/// that a stolen one has nothing to give.
///
/// Whether an address belongs to somebody is never told: unknown addresses get the same
/// answer, and cost the same work.
///
/// What a user may do follows from the role (C-004): a plain user has no permission that
/// any operation of the back end asks for, and cannot sign in at the admin gateway at all.
/// Through the public gateway even an admin has only a member's permissions.
///
/// Tables: schema `identity` of the identity database. The accounting database knows people
/// by opaque ids only; no transaction spans both.
@NullMarked
package org.almonry.identity;

import org.jspecify.annotations.NullMarked;

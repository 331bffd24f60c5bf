/// The gateway: pages for people, and nothing else. It holds no database, no session and no
/// file; what a page shows it asks the core for, with its own certificate and the session
/// token out of the reader's cookie, and what a form changes it hands to the core with the
/// idempotency key that stood in the form.
///
/// One program, two roles: `public` for the members of projects
/// ([org.almonry.gateway.account]) and `admin` for the people behind the platform
/// ([org.almonry.gateway.admin]). A role is a certificate: what the core answers depends on
/// it, so a public gateway that is broken into cannot call the admin side of the core.
/// Roles `hook` and `sign` are refused until they exist.
///
/// Start with [Gateway], then [Desk]: every page and every form goes through it.
@NullMarked
package org.almonry.gateway;

import org.jspecify.annotations.NullMarked;

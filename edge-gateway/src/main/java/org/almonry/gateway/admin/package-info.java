/// Pages of the admin gateway (C-086): what came in and where it goes, providers and their
/// fetches, statement files, projects and codes, the ledger, the audit log, people.
///
/// Each class is one area of the menu. A page that moves money says first, in words, what
/// will happen; the form that does it carries an idempotency key and, where others may have
/// acted meanwhile, the version that was shown.
@NullMarked
package org.almonry.gateway.admin;

import org.jspecify.annotations.NullMarked;

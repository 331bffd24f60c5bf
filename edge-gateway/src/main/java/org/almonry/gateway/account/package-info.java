/// Pages of the public gateway: the projects of the person who signed in, their gifts by
/// date and amount (C-091), and "suggest another match" (C-039). No page here can show a
/// donor, because no answer that its certificate may ask for contains one (C-008).
@NullMarked
package org.almonry.gateway.account;

import org.jspecify.annotations.NullMarked;

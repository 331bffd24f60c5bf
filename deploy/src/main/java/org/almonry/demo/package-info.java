/// The demo: all of Almonry on one machine, as real processes over real TLS and a real
/// PostgreSQL.
///
/// [DemoMain] is what `./deploy/demo` runs. It makes throw-away certificates, starts an
/// embedded PostgreSQL, a mail server with a page that shows what was sent, and the demo
/// bank; then each role of Almonry as a process of its own with its own certificate.
/// [Smoke] walks the whole path from a pledge to booked money against it.
@NullMarked
package org.almonry.demo;

import org.jspecify.annotations.NullMarked;

/// A core for the gateway's tests: the real wire with real certificates, and small services
/// that keep everything in memory.
@NullMarked
package org.almonry.gateway.testing;

import org.jspecify.annotations.NullMarked;

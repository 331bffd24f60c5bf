/// The transactional outbox: what happened, told to other parts after the commit.
///
/// An event is appended in the transaction of what it reports, so it exists exactly when
/// that does. A job delivers to each subscriber in order and at least once; a subscriber
/// must therefore bear the same event twice. A subscriber that fails is tried again with
/// growing pauses and holds up nobody else. Tables: `events.event`, `events.cursor`.
@NullMarked
package org.almonry.events;

import org.jspecify.annotations.NullMarked;

package org.almonry.audit;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// Where the audit service reads which mail there is. Mail lives in a package above, in the
/// other database.
@FunctionalInterface
public interface MailList {
    /// A mail without recipient and body.
    ///
    /// @param sentAt null before
    record Row(
            String id,
            String kind,
            String state,
            Instant createdAt,
            @Nullable Instant sentAt) {
        public Row {
            requireNonNull(id, "id is null");
            requireNonNull(kind, "kind is null");
            requireNonNull(state, "state is null");
            requireNonNull(createdAt, "createdAt is null");
        }
    }

    /// Mail newest first, below the id `before` unless that is empty.
    List<Row> page(String before, int size);
}

package org.almonry.ledger.metadata;

import static java.util.Objects.requireNonNull;

import org.jdbi.v3.core.Jdbi;

import java.time.Clock;
import java.util.List;

/// Sets and reads the notes on coins and transactions.
public final class Metadata {
    /// Names on one target; what needs more is a table of its feature.
    public static final int KEYS_MAX = 50;

    /// Rows of the history that are told.
    public static final int HISTORY_MAX = 200;

    private final Jdbi accounting;
    private final Clock clock;

    public Metadata(Jdbi accounting, Clock clock) {
        this.accounting = requireNonNull(accounting, "accounting is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /// Sets a value, or removes it when empty. What is so already stays, without a row.
    /// False if the target has too many names already.
    public boolean set(String target, String key, String value, String by) {
        return accounting.inTransaction(handle -> {
            MetadataStore.lock(handle, target);
            var current = MetadataStore.current(handle, target);
            var before = current.stream().filter(each -> each.key().equals(key)).findFirst();
            if (before.map(MetadataItem::value).orElse("").equals(value)) {
                return true;
            }
            if (before.isEmpty() && current.size() >= KEYS_MAX) {
                return false;
            }
            MetadataStore.insert(handle, new MetadataItem(target, key, value, clock.instant(), by));
            return true;
        });
    }

    /// What is attached now, by key.
    public List<MetadataItem> current(String target) {
        return accounting.withHandle(handle -> MetadataStore.current(handle, target));
    }

    /// All that was ever set, newest first.
    public List<MetadataItem> history(String target) {
        return accounting.withHandle(handle -> MetadataStore.history(handle, target, HISTORY_MAX));
    }

    /// Targets of a prefix ("txn_") that carry this value now, newest first.
    public List<String> targetsOf(String value, String prefix, int size) {
        return accounting.withHandle(
                handle -> MetadataStore.targetsOf(handle, value, prefix, size));
    }
}

package org.almonry.providers;

import java.nio.file.Path;
import java.util.Optional;

/// The capability to fetch statements, a page at a time, from where the last fetch stopped
/// (C-017).
public interface FetchesStatements extends Provider {
    /// Fetches the next page after a cursor into a folder of the caller.
    ///
    /// A page is whole or fails: half a page is a [ProviderFailure], and none of its files
    /// is used. Overlaps with earlier pages are normal. The caller imports the files, calls
    /// [#imported] or [#refused] for each, and stores the new cursor last.
    FetchPage fetch(Cursor cursor, Path spool) throws ProviderFailure;

    /// How to read its files if they are CSV.
    default Optional<CsvMapping> csvMapping() {
        return Optional.empty();
    }

    /// Called when a file of a page is imported for good. May be called again for the same
    /// file after a crash.
    default void imported(Path file) throws ProviderFailure {}

    /// Called when a file of a page was refused whole, with the reason.
    default void refused(Path file, String reason) throws ProviderFailure {}
}

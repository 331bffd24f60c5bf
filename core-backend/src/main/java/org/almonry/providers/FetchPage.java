package org.almonry.providers;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;

/// One page of a fetch: complete statement files, where to go on, and whether there is more
/// now.
public record FetchPage(List<Path> files, String nextCursor, boolean more) {
    public FetchPage {
        files = List.copyOf(files);
        requireNonNull(nextCursor, "next cursor is null");
    }

    /// The cursor after this page.
    public Cursor next() {
        return new Cursor(nextCursor);
    }
}

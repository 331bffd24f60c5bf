package org.almonry.accounting;

/// How far an import is, or what it did.
///
/// @param entries lines seen
/// @param added lines that were new
/// @param duplicates lines that were known
/// @param booked new lines that were booked at once
public record ImportCounts(long entries, long added, long duplicates, long booked) {
    /// Nothing yet.
    public static final ImportCounts NONE = new ImportCounts(0, 0, 0, 0);

    /// Both together.
    public ImportCounts plus(ImportCounts other) {
        return new ImportCounts(
                entries + other.entries,
                added + other.added,
                duplicates + other.duplicates,
                booked + other.booked);
    }
}

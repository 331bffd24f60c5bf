package org.almonry.directory;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// An organisation on this instance, or the hoster itself.
///
/// @param slug short name in addresses
/// @param accountHolder exact name of the bank account's holder; donors' banks compare it
/// @param sites origins that may frame the widget
public record Nonprofit(
        String id, String slug, String name, String accountHolder, List<String> sites) {
    /// Refuses missing parts.
    public Nonprofit {
        requireNonNull(id, "id is null");
        requireNonNull(slug, "slug is null");
        requireNonNull(name, "name is null");
        requireNonNull(accountHolder, "accountHolder is null");
        sites = List.copyOf(sites);
    }
}

package org.almonry.gateway;

import org.almonry.gateway.Desk.Entry;

import java.util.List;

/// The menus of the roles, in the order of use.
final class Menus {

    static final List<Entry> PUBLIC =
            List.of(new Entry("/projects", "projects.heading", "project.own", List.of()));

    static final List<Entry> ADMIN = List.of(
            new Entry("/", "overview.heading", "accounting.read", List.of()),
            new Entry("/incoming", "incoming.heading", "accounting.read", List.of()),
            new Entry("/providers", "providers.heading", "accounting.read", List.of("/runs")),
            new Entry("/imports", "imports.heading", "accounting.import", List.of()),
            new Entry("/export", "export.heading", "accounting.export", List.of()),
            new Entry("/projects", "projects.heading", "directory.read", List.of("/nonprofits")),
            new Entry(
                    "/ledger",
                    "ledger.heading",
                    "ledger.read",
                    List.of("/coins", "/processes", "/transactions")),
            new Entry("/rates", "rates.heading", "accounting.read", List.of()),
            new Entry("/users", "users.heading", "users.read", List.of()),
            new Entry("/audit", "audit.heading", "audit.read", List.of("/mail")));

    private Menus() {}
}

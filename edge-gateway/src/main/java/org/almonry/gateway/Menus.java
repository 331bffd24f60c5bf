package org.almonry.gateway;

import java.util.List;
import org.almonry.gateway.Desk.Entry;

/// The menus of the roles, in the order of use.
final class Menus {

    static final List<Entry> PUBLIC = List.of(new Entry("/projects", "projects.heading", "project.own"));

    static final List<Entry> ADMIN = List.of(
            new Entry("/", "overview.heading", "accounting.read"),
            new Entry("/incoming", "incoming.heading", "accounting.read"),
            new Entry("/providers", "providers.heading", "accounting.read"),
            new Entry("/imports", "imports.heading", "accounting.import"),
            new Entry("/export", "export.heading", "accounting.export"),
            new Entry("/projects", "projects.heading", "directory.read"),
            new Entry("/ledger", "ledger.heading", "ledger.read"),
            new Entry("/rates", "rates.heading", "accounting.read"),
            new Entry("/users", "users.heading", "users.read"),
            new Entry("/audit", "audit.heading", "audit.read"));

    private Menus() {}
}

package org.almonry.gateway;

import org.almonry.gateway.Desk.Entry;

import java.util.List;

/// The menus of the roles, in the order of use.
final class Menus {

    static final List<Entry> PUBLIC =
            List.of(new Entry("/projects", "projects.heading", "project.own"));

    private static final List<Entry> LEDGER = List.of(
            new Entry("/ledger", "ledger.coins", "ledger.read", "/coins"),
            new Entry("/processes", "processes.heading", "ledger.read"),
            new Entry("/find", "find.heading", "ledger.read", "/transactions"),
            new Entry("/holds", "holds.heading", "ledger.read"),
            new Entry("/trial-balance", "trial.heading", "ledger.read"),
            new Entry("/periods", "periods.heading", "ledger.read"),
            new Entry("/proof", "proof.heading", "ledger.read"),
            new Entry("/journal", "journal.heading", "accounting.export"));

    private static final List<Entry> COMMISSIONS = List.of(
            new Entry("/commissions", "profiles.heading", "commission.read"),
            new Entry("/contracts", "contracts.heading", "commission.read"),
            new Entry("/costs", "costs.heading", "commission.read"),
            new Entry("/limits", "limits.heading", "commission.read"),
            new Entry("/usage", "usage.heading", "commission.read"));

    static final List<Entry> ADMIN = List.of(
            new Entry("/", "overview.heading", "accounting.read"),
            new Entry("/incoming", "incoming.heading", "accounting.read"),
            new Entry("/requests", "requests.heading", "request.read"),
            new Entry("/providers", "providers.heading", "accounting.read", "/runs"),
            new Entry("/imports", "imports.heading", "accounting.import"),
            new Entry("/export", "export.heading", "accounting.export"),
            new Entry("/projects", "projects.heading", "directory.read", "/nonprofits"),
            new Entry("/ledger", "ledger.heading", "ledger.read", List.of(), LEDGER),
            new Entry(
                    "/commissions",
                    "commissions.heading",
                    "commission.read",
                    List.of(),
                    COMMISSIONS),
            new Entry("/rates", "rates.heading", "accounting.read"),
            new Entry("/users", "users.heading", "users.read"),
            new Entry("/audit", "audit.heading", "audit.read", "/mail"));

    private Menus() {}
}

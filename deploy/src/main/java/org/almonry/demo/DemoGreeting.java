package org.almonry.demo;

import java.nio.file.Path;
import java.util.List;

/// What a newcomer reads when everything runs: addresses, logins and what to try first.
final class DemoGreeting {

    private DemoGreeting() {}

    static List<String> lines(DemoLayout layout) {
        return """

                Almonry is ready.

                  Give (widget)     %1$s/river-trust
                  Demo bank         %2$s
                  Admin frontend    %3$s
                  My projects       %4$s
                  Sent mail         %5$s

                Sign in by the link in the mail (it is also printed here, at the line "mail"):
                  admin@almonry.example        platform admin, at the admin frontend
                  accountant@almonry.example   books and imports, at the admin frontend
                  member@river-trust.example         member of "Otter rescue", at My projects

                Try this
                  1. Give 25 euros at %1$s/river-trust/otter-rescue
                  2. Pay it in the demo bank: the confirmation page has a link
                  3. In the admin frontend: Providers, then "Fetch now"
                  4. Watch it being matched and booked, and the thermometer rise

                Programs post to the ledger and read it over gRPC (docs/examples); against this demo:
                  sh %7$s
                  sh %8$s

                Ctrl-C stops everything. Logs: %6$s
                """.formatted(
                layout.widgetUrl(),
                layout.bankUrl(),
                layout.adminUrl(),
                layout.publicUrl(),
                layout.mailUrl(),
                fromHere(layout, layout.logs()),
                fromHere(layout, layout.ledgerClient("java")),
                fromHere(layout, layout.ledgerClient("python"))).lines().toList();
    }

    private static Path fromHere(DemoLayout layout, Path file) {
        return layout.repository().relativize(file);
    }
}

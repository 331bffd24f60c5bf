package org.almonry.cli;

import static java.util.Objects.requireNonNull;

import org.almonry.core.CoreConfig;
import org.almonry.core.Databases;
import org.almonry.ledger.proof.LedgerExport;

import java.nio.file.Path;
import java.time.Clock;

/// Writes the ledger into a folder, for the verifier, while the core serves or rests. It
/// reads as the role of the core and changes nothing.
public final class ExportLedger {
    private final CoreConfig config;
    private final Clock clock;

    public ExportLedger(CoreConfig config, Clock clock) {
        this.config = requireNonNull(config, "config is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /// Exports into a folder that is new or empty.
    public void run(Path folder) {
        try (var databases = Databases.open(
                config.databases().accounting(), config.databases().identity())) {
            new LedgerExport(databases.accounting(), clock).write(folder);
        }
    }
}

package org.almonry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.almonry.certs.CertificateTool;
import org.almonry.core.CoreConfig;
import org.almonry.ledger.proof.CheckpointKey;
import org.almonry.testing.TestCore;
import org.almonry.testing.TestDatabase;
import org.almonry.verifier.NoteKey;
import org.almonry.verifier.Verifier;
import org.almonry.wire.Config;
import org.almonry.wire.ConfigRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/// the command that writes what the verifier reads.
class ExportLedgerTest {
    @TempDir
    Path folder;

    @Test
    void writesAnExportOnceIntoAFolder() {
        var clock = Clock.systemUTC();
        try (var database = TestDatabase.fresh()) {
            var certificates =
                    CertificateTool.init(folder.resolve("authority"), TestCore.TRUST_DOMAIN, clock);
            var config = CoreConfig.from(
                    Config.of(TestCore.settings(folder, database, certificates, Map.of())));
            var export = folder.resolve("export");
            new ExportLedger(config, clock).run(export);
            var file = folder.resolve("checkpoint.pem");
            CheckpointKey.create(file);
            var key = CheckpointKey.read(file, "almonry.test/ledger").verifierKey();
            var report = Verifier.verify(export, List.of(NoteKey.parse(key)), List.of(), null);
            assertEquals(List.of(), report.findings());
            assertEquals(0, report.batches());
            assertThrows(ConfigRefused.class, () -> new ExportLedger(config, clock).run(export));
        }
    }
}

package org.almonry.core;

import org.almonry.cli.ExportLedger;
import org.almonry.cli.LedgerHalt;
import org.almonry.wire.ConfigRefused;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/// The process of the core.
///
/// `CoreMain FILE` serves, `CoreMain migrate FILE` brings the databases to this build's
/// schema as the migrator roles, `CoreMain check FILE` says whether the configuration is
/// complete and known, `CoreMain export-ledger FILE FOLDER` writes the ledger for the
/// verifier, `CoreMain halt FILE` shows or lifts a halt of the ledger ([LedgerHalt]). The
/// file is the only input; there are no environment variables.
public final class CoreMain {
    private static final String LOG_FORMAT = "java.util.logging.SimpleFormatter.format";

    private CoreMain() {}

    public static void main(String[] args) {
        if (System.getProperty(LOG_FORMAT) == null) {
            System.setProperty(LOG_FORMAT, "%1$tFT%1$tT.%1$tL %4$s %3$s %5$s%6$s%n");
        }
        var log = System.getLogger(CoreMain.class.getName());
        int code = run(List.of(args), log);
        if (code != 0) {
            System.exit(code);
        }
    }

    private static int run(List<String> args, Logger log) {
        if (!args.isEmpty() && args.getFirst().equals(LedgerHalt.NAME)) {
            return halt(args, log);
        }
        var command = args.size() > 1 ? args.getFirst() : "serve";
        boolean isExport = command.equals("export-ledger");
        if (args.isEmpty()
                || args.size() > (isExport ? 3 : 2)
                || (isExport && args.size() < 3)
                || !List.of("serve", "migrate", "check", "export-ledger").contains(command)) {
            log.log(
                    Level.ERROR,
                    "usage: CoreMain [serve | migrate | check] CONFIGURATION,"
                            + " or CoreMain export-ledger CONFIGURATION FOLDER");
            return 2;
        }
        try {
            var config = CoreConfig.load(Path.of(args.get(args.size() == 1 ? 0 : 1)));
            switch (command) {
                case "migrate" -> {
                    var migrators = config.migrators();
                    Databases.migrate(migrators.accounting(), migrators.identity());
                    log.log(Level.INFO, "databases are migrated");
                }
                case "check" -> {
                    Core.check(config);
                    log.log(Level.INFO, "configuration is good");
                }
                case "export-ledger" -> {
                    var folder = Path.of(args.getLast());
                    new ExportLedger(config, Clock.systemUTC()).run(folder);
                    log.log(Level.INFO, "ledger is exported to " + folder);
                }
                default -> serve(config, log);
            }
            return 0;
        } catch (ConfigRefused e) {
            log.log(Level.ERROR, "configuration refused: " + e.getMessage());
            return 1;
        }
    }

    private static int halt(List<String> args, Logger log) {
        try {
            var command = new LedgerHalt(Clock.systemUTC(), System.getProperty("user.name"));
            log.log(Level.INFO, command.run(args));
            return 0;
        } catch (ConfigRefused e) {
            log.log(Level.ERROR, "configuration refused: " + e.getMessage());
            return 1;
        }
    }

    private static void serve(CoreConfig config, Logger log) {
        var core = Core.start(config, Clock.systemUTC());
        Runtime.getRuntime().addShutdownHook(new Thread(core::close, "core-stop"));
        log.log(Level.INFO, "core ready on " + config.listen().getHostString() + ":" + core.port());
        try {
            core.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

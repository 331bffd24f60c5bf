package org.almonry.core;

import org.almonry.money.Currency;
import org.almonry.wire.Config;
import org.almonry.wire.Identity;
import org.almonry.wire.TlsFiles;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;

/// The configuration of the core, typed. What belongs to one package only is handed to it
/// as the section of its keys.
///
/// @param listen where the gateways connect to; there is no other way in
/// @param identity who this process must be by its certificate
/// @param managementPort port on the loopback for liveness, readiness and metrics; 0 takes
///     any
/// @param spool folder for statement files on their way into the books
/// @param hosterName name of the issuer that stands behind the money of this instance
/// @param isDemoWorld whether the start fills the instance with the demo world
public record CoreConfig(
        InetSocketAddress listen,
        TlsFiles tls,
        Identity identity,
        int managementPort,
        DatabasePair databases,
        Path spool,
        Currency home,
        ZoneId zone,
        LocalTime dailyFetch,
        String hosterName,
        boolean isDemoWorld,
        Config source) {
    /// Enough for some dozens of calls and the jobs at once, well below PostgreSQL's
    /// default of 100 for all processes.
    private static final int ACCOUNTING_POOL = 24;

    private static final int IDENTITY_POOL = 12;

    /// Both databases as one set of roles reaches them.
    public record DatabasePair(DatabaseConfig accounting, DatabaseConfig identity) {}

    /// Reads the file. Keys that belong to packages are read when those are built;
    /// [Config#refuseUnknown] follows.
    public static CoreConfig load(Path file) {
        return from(Config.load(file));
    }

    public static CoreConfig from(Config config) {
        return new CoreConfig(
                new InetSocketAddress(config.text("listen.host"), config.number("listen.port")),
                TlsFiles.from(config),
                new Identity(config.text("trust-domain"), Identity.CORE),
                config.number("management.port", 0),
                new DatabasePair(
                        application(config.section("accounting"), ACCOUNTING_POOL),
                        application(config.section("identity"), IDENTITY_POOL)),
                config.path("spool"),
                currency(config),
                zone(config),
                time(config),
                config.text("hoster.name", "Hoster"),
                config.flag("demo.world", false),
                config);
    }

    /// The roles that may change the schema. Only `migrate` asks for them, so a serving
    /// core can do without their passwords.
    public DatabasePair migrators() {
        return new DatabasePair(
                migrator(source.section("accounting")), migrator(source.section("identity")));
    }

    /// Marks the keys that only `migrate` reads as known, without reading the secrets.
    void acceptMigratorKeys() {
        for (var area : new String[] {"accounting", "identity"}) {
            source.text(area + ".migrator.user", "");
            source.text(area + ".migrator.password-file", "");
        }
    }

    private static DatabaseConfig application(Config config, int poolSize) {
        return new DatabaseConfig(
                config.text("url"),
                config.text("user"),
                config.secret("password-file"),
                config.number("pool-size", poolSize));
    }

    private static DatabaseConfig migrator(Config config) {
        return new DatabaseConfig(
                config.text("url"),
                config.text("migrator.user"),
                config.secret("migrator.password-file"),
                1);
    }

    private static Currency currency(Config config) {
        try {
            return Currency.of(config.text("currency", "EUR"));
        } catch (IllegalArgumentException e) {
            throw config.refused("currency", "is not a known currency");
        }
    }

    private static ZoneId zone(Config config) {
        try {
            return ZoneId.of(config.text("time-zone", "UTC"));
        } catch (DateTimeException e) {
            throw config.refused("time-zone", "is not a time zone such as Europe/Berlin");
        }
    }

    private static LocalTime time(Config config) {
        try {
            return LocalTime.parse(config.text("daily-fetch.time", "05:30"));
        } catch (DateTimeException e) {
            throw config.refused("daily-fetch.time", "is not a time such as 05:30");
        }
    }
}

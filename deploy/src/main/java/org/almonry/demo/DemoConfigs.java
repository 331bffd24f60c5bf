package org.almonry.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/// Writes the configuration file of each role, and the secrets that they name.
///
/// The same keys as in production: what a hoster writes by hand, the demo writes here.
final class DemoConfigs {

    private static final int SECRET_BYTES = 32;

    private final DemoLayout layout;
    private final SecureRandom random = new SecureRandom();

    DemoConfigs(DemoLayout layout) {
        this.layout = layout;
    }

    /// Makes a secret of its own file and returns its value.
    String secret(String name) throws IOException {
        var bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        var value = HexFormat.of().formatHex(bytes);
        Files.createDirectories(layout.secrets());
        var file = secretFile(name);
        Files.deleteIfExists(file);
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, value);
        return value;
    }

    Path secretFile(String name) {
        return layout.secrets().resolve(name);
    }

    Path core(Path bankTrust, DemoBankAccounts accounts) throws IOException {
        var keys = listener(DemoLayout.LOOPBACK, layout.corePort(), "core-core");
        keys.put("management.port", layout.managementPort());
        for (var database : new String[] {"accounting", "identity"}) {
            keys.put(database + ".url", jdbcUrl(database));
            keys.put(database + ".user", database + "_app");
            keys.put(database + ".password-file", secretFile(database + "_app"));
            keys.put(database + ".migrator.user", database + "_migrator");
            keys.put(database + ".migrator.password-file", secretFile(database + "_migrator"));
        }
        keys.put("smtp.host", DemoLayout.LOOPBACK);
        keys.put("smtp.port", layout.smtpPort());
        keys.put("smtp.from", "Almonry demo <no-reply@almonry.example>");
        keys.put("links.public", layout.publicUrl());
        keys.put("links.admin", layout.adminUrl());
        keys.put("admin.email", DemoLayout.ADMIN_EMAIL);
        keys.put("giving.secret-file", secretFile("giving"));
        keys.put("ledger.checkpoint.key-file", secretFile("checkpoint.pem"));
        keys.put("spool", layout.folder().resolve("spool"));
        keys.put("hoster.name", "Almonry Demo Commons");
        keys.put("demo.world", true);
        keys.put("currency", "EUR");
        keys.put("time-zone", "Europe/Berlin");
        keys.put("daily-fetch.time", "06:00");
        keys.put("providers", "demo-bank,bank");
        keys.put("providers.demo-bank.kind", "sandbox");
        keys.put("providers.demo-bank.url", "https://localhost:" + layout.bankApiPort());
        keys.put("providers.demo-bank.token-file", secretFile("bank-token"));
        keys.put("providers.demo-bank.trust-file", bankTrust);
        keys.put("providers.bank.kind", "bank");
        keys.put("providers.bank.drop-folder", layout.folder().resolve("drop"));
        accounts.putInto(keys);
        return write("core", keys);
    }

    String jdbcUrl(String database) {
        return "jdbc:postgresql://" + DemoLayout.LOOPBACK + ":" + layout.postgresPort() + "/"
                + database;
    }

    Path gateway(String role, String host, int port, String url, String certificate)
            throws IOException {
        var keys = edge(host, port, url, certificate);
        keys.put("role", role);
        return write(role, keys);
    }

    Path widgets() throws IOException {
        var keys =
                edge(DemoLayout.LOOPBACK, layout.widgetPort(), layout.widgetUrl(), "edge-widgets");
        keys.put("demo-bank-url", layout.bankUrl());
        return write("widgets", keys);
    }

    private Map<String, Object> edge(String host, int port, String url, String certificate) {
        var keys = listener(host, port, certificate);
        keys.put("public-url", url);
        keys.put("core.host", DemoLayout.LOOPBACK);
        keys.put("core.port", layout.corePort());
        return keys;
    }

    private Map<String, Object> listener(String host, int port, String certificate) {
        var keys = new TreeMap<String, Object>();
        keys.put("listen.host", host);
        keys.put("listen.port", port);
        keys.put("trust-domain", DemoLayout.TRUST_DOMAIN);
        keys.put("tls.certificate", layout.certificates().resolve(certificate + ".crt"));
        keys.put("tls.key", layout.certificates().resolve(certificate + ".key"));
        keys.put("tls.trust", layout.certificates().resolve("trust.crt"));
        return keys;
    }

    private Path write(String role, Map<String, Object> keys) throws IOException {
        var text = new StringBuilder("# Written by the demo for the role " + role + ".\n");
        keys.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
        Files.createDirectories(layout.configs());
        return Files.writeString(layout.configs().resolve(role + ".properties"), text);
    }
}

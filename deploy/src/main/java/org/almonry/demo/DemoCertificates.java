package org.almonry.demo;

import org.almonry.certs.CertificateTool;
import org.almonry.wire.Identity;

import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Throw-away certificates: one authority for Almonry's own processes, another one for the
/// bank outside.
final class DemoCertificates {

    private static final List<String> IDENTITIES = List.of(
            Identity.CORE,
            Identity.EDGE_PUBLIC,
            Identity.EDGE_WIDGETS,
            Identity.ADMIN,
            Identity.EDGE_HOOK,
            Identity.SIGN,
            Identity.LEDGER_WRITER,
            Identity.LEDGER_READER);
    private static final String BANK_IDENTITY = "bank/api";

    private DemoCertificates() {}

    static void make(DemoLayout layout) {
        var inside = CertificateTool.init(
                layout.folder().resolve("authority"), DemoLayout.TRUST_DOMAIN, Clock.systemUTC());
        for (var identity : IDENTITIES) {
            inside.issue(identity, List.of("localhost"), layout.certificates());
        }
        var outside = CertificateTool.init(
                layout.folder().resolve("bank-authority"), "bank.demo", Clock.systemUTC());
        outside.issue(BANK_IDENTITY, List.of("localhost"), bankFolder(layout));
    }

    private static Path bankFolder(DemoLayout layout) {
        return layout.folder().resolve("bank-certificates");
    }

    static Path bankTrust(DemoLayout layout) {
        return bankFolder(layout).resolve("trust.crt");
    }

    static Path bankCertificate(DemoLayout layout) {
        return bankFolder(layout).resolve("bank-api.crt");
    }

    static Path bankKey(DemoLayout layout) {
        return bankFolder(layout).resolve("bank-api.key");
    }

    /// Certificate and key file of each identity, for `demo.json`.
    static Map<String, Map<String, String>> all(DemoLayout layout) {
        var all = new LinkedHashMap<String, Map<String, String>>();
        for (var identity : IDENTITIES) {
            all.put(
                    identity,
                    Map.of(
                            "certificate", certificate(layout, identity).toString(),
                            "key", key(layout, identity).toString(),
                            "trust", trust(layout).toString()));
        }
        return all;
    }

    static Path certificate(DemoLayout layout, String identity) {
        return layout.certificates().resolve(identity.replace('/', '-') + ".crt");
    }

    static Path key(DemoLayout layout, String identity) {
        return layout.certificates().resolve(identity.replace('/', '-') + ".key");
    }

    static Path trust(DemoLayout layout) {
        return layout.certificates().resolve("trust.crt");
    }
}

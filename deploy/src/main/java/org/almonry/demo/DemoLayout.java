package org.almonry.demo;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/// Where one demo keeps its files and which ports it takes: a base port and the eight above
/// it, so that a test's demo runs beside a person's.
///
/// Browsers reach `*.localhost` at 127.0.0.1; the admin frontend is bound to 127.0.0.2 and
/// reached by that number, as a reminder that it is another zone.
public record DemoLayout(Path repository, Path folder, int basePort) {

    /// The base port of `./deploy/demo`.
    public static final int DEFAULT_BASE_PORT = 8080;

    static final String TRUST_DOMAIN = "almonry.demo";
    static final String LOOPBACK = "127.0.0.1";
    static final String ADMIN_ADDRESS = "127.0.0.2";
    static final String ADMIN_EMAIL = "admin@almonry.example";

    public DemoLayout {
        requireNonNull(repository, "repository is null");
        requireNonNull(folder, "folder is null");
        if (basePort < 1024 || basePort > 65_000) {
            throw new IllegalArgumentException("base port must be 1024 to 65000: " + basePort);
        }
    }

    /// Port of the public gateway.
    public int publicPort() {
        return basePort;
    }

    /// Port of the widget server.
    public int widgetPort() {
        return basePort + 1;
    }

    /// Port of the admin gateway.
    public int adminPort() {
        return basePort + 2;
    }

    /// Port of the demo bank's page.
    public int bankPagePort() {
        return basePort + 3;
    }

    /// Port of the page that shows sent mail.
    public int mailPagePort() {
        return basePort + 4;
    }

    int bankApiPort() {
        return basePort + 5;
    }

    int smtpPort() {
        return basePort + 6;
    }

    int postgresPort() {
        return basePort + 7;
    }

    /// Port of the core's gRPC listener.
    public int corePort() {
        return basePort + 8;
    }

    int managementPort() {
        return basePort + 9;
    }

    /// Address of the public gateway as a browser uses it.
    public String publicUrl() {
        return "http://my.localhost:" + publicPort();
    }

    /// Address of the widget server as a browser uses it.
    public String widgetUrl() {
        return "http://give.localhost:" + widgetPort();
    }

    /// Address of the admin frontend.
    public String adminUrl() {
        return "http://" + ADMIN_ADDRESS + ":" + adminPort();
    }

    /// Address of the demo bank's page.
    public String bankUrl() {
        return "http://bank.localhost:" + bankPagePort();
    }

    /// Address of the page that shows sent mail.
    public String mailUrl() {
        return "http://mail.localhost:" + mailPagePort();
    }

    Path certificates() {
        return folder.resolve("certificates");
    }

    Path secrets() {
        return folder.resolve("secrets");
    }

    Path configs() {
        return folder.resolve("config");
    }

    Path logs() {
        return folder.resolve("logs");
    }

    Path postgresData() {
        return folder.resolve("postgres");
    }

    /// Beside the folder, which is emptied at each start: unpacking takes seconds.
    Path postgresBinaries() {
        return repository.resolve("deploy/target/postgres-binaries");
    }

    /// A script that runs an example of `docs/examples` against this demo.
    public Path ledgerClient(String language) {
        return folder.resolve("ledger-" + language + ".sh");
    }

    /// What the demo tells the world about itself, once all is ready.
    public Path json() {
        return folder.resolve("demo.json");
    }
}

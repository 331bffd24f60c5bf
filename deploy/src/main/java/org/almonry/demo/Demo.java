package org.almonry.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

import org.almonry.core.CoreConfig;
import org.almonry.core.Databases;
import org.almonry.demobank.DemoBank;
import org.almonry.ledger.proof.CheckpointKey;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// A running demo: the outside world (bank, mail), PostgreSQL, and each role of Almonry as
/// a process.
///
/// What can start side by side does, so that a person waits as little as the machine
/// allows.
public final class Demo implements AutoCloseable {

    private static final Duration READY_PATIENCE = Duration.ofSeconds(180);

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final int SESSION_TOKEN_LENGTH = 43;

    private final DemoLayout layout;
    private final Consumer<String> say;
    private final List<AutoCloseable> outside = new ArrayList<>();
    private final Map<String, RoleProcess> roles = new LinkedHashMap<>();
    private boolean closed;

    private Demo(DemoLayout layout, Consumer<String> say) {
        this.layout = layout;
        this.say = say;
    }

    /// Starts everything from the built jars and returns when all of it serves.
    ///
    /// @throws DemoFailure in words, with everything stopped again
    public static Demo start(DemoLayout layout, Consumer<String> say)
            throws DemoFailure, InterruptedException {
        var demo = new Demo(layout, say);
        try {
            demo.startAll();
            return demo;
        } catch (IOException | DemoFailure e) {
            demo.close();
            throw e instanceof DemoFailure failure
                    ? failure
                    : new DemoFailure(String.valueOf(e.getMessage()), e);
        }
    }

    private void startAll() throws IOException, DemoFailure, InterruptedException {
        refuseTakenPorts();
        DemoMain.deleteFolder(layout.folder());
        Files.createDirectories(layout.logs());
        Files.createDirectories(layout.folder().resolve("spool"));
        Files.createDirectories(layout.folder().resolve("drop"));
        var configs = new DemoConfigs(layout);
        configs.secret("giving");
        CheckpointKey.create(configs.secretFile("checkpoint.pem"));
        var bankToken = configs.secret("bank-token");
        try (var starters = Executors.newVirtualThreadPerTaskExecutor()) {
            var postgres = starters.submit(() -> {
                startPostgres(configs);
                return null;
            });
            say.accept("making certificates …");
            DemoCertificates.make(layout);
            startEdge(configs);
            var mail = starters.submit(() -> {
                startMail();
                return null;
            });
            var bank = starters.submit(() -> {
                startBank(bankToken);
                return null;
            });
            await(mail, "mail");
            await(bank, "bank");
            await(postgres, "PostgreSQL");
        }
        var core = configs.core(DemoCertificates.bankTrust(layout), new DemoBankAccounts());
        say.accept("making the databases …");
        var migrators = CoreConfig.load(core).migrators();
        Databases.migrate(migrators.accounting(), migrators.identity());
        startRole("core", "core-backend", "org.almonry.core.CoreMain", core, "core ready");
        for (var role : roles.values()) {
            if (!role.awaitReady(READY_PATIENCE)) {
                throw new DemoFailure("the role " + role.role() + " did not become ready; see "
                        + layout.logs().resolve(role.role() + ".log"));
            }
        }
        awaitEdge();
        DemoLedgerClients.write(layout);
        writeJson();
    }

    /// The edge starts beside the core and may have found it absent; ready means that each
    /// of them has reached it. A page for a session that does not exist asks the core about
    /// it.
    private void awaitEdge() throws DemoFailure, InterruptedException {
        for (var page : List.of(
                layout.widgetUrl() + "/river-trust",
                layout.publicUrl() + "/projects",
                layout.adminUrl() + "/")) {
            // A page forgets a session that is none, so each gets it anew.
            var visitor = new Browserless();
            visitor.carry(Smoke.SESSION_COOKIE, "A".repeat(SESSION_TOKEN_LENGTH));
            long end = System.nanoTime() + READY_PATIENCE.toNanos();
            while (!answers(visitor, page)) {
                visitor.carry(Smoke.SESSION_COOKIE, "A".repeat(SESSION_TOKEN_LENGTH));
                if (System.nanoTime() > end) {
                    throw new DemoFailure(page + " does not reach the core");
                }
                LockSupport.parkNanos(LOOK_EVERY.toNanos());
            }
        }
    }

    private static boolean answers(Browserless visitor, String page) throws InterruptedException {
        try {
            return visitor.get(page).status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private void refuseTakenPorts() throws DemoFailure {
        for (int port = layout.basePort(); port <= layout.managementPort(); port++) {
            try (var probe = new ServerSocket()) {
                probe.setReuseAddress(true);
                probe.bind(new InetSocketAddress(DemoLayout.LOOPBACK, port));
            } catch (IOException e) {
                throw new DemoFailure(
                        "port " + port + " is taken. Stop what uses it (another demo: "
                                + "./deploy/demo --stop) or choose others: ./deploy/demo --base-port 9080",
                        e);
            }
        }
    }

    private void startPostgres(DemoConfigs configs) throws IOException {
        var postgres = DemoPostgres.start(layout);
        outside.add(postgres);
        postgres.bootstrap(configs);
    }

    private void startMail() throws IOException {
        outside.add(DemoMail.start(layout.smtpPort(), layout.mailPagePort(), this::announce));
    }

    /// A sign-in link is of no use in a log that nobody reads: it is shown to the person at
    /// once.
    private void announce(DemoMail.Sent mail) {
        say.accept("mail     | to " + mail.to() + ": " + mail.subject());
        mail.links().forEach(link -> say.accept("mail     |   " + link));
    }

    private void startBank(String token) throws IOException {
        outside.add(DemoBank.start(new DemoBank.Settings(
                DemoLayout.LOOPBACK,
                layout.bankApiPort(),
                layout.bankPagePort(),
                token,
                DemoCertificates.bankCertificate(layout),
                DemoCertificates.bankKey(layout),
                layout.folder().resolve("demo-bank"),
                DemoBankAccounts.BIC,
                DemoBankAccounts.HOLDER,
                DemoBankAccounts.atDemoBank())));
    }

    private void startEdge(DemoConfigs configs) throws IOException {
        var gateway = "org.almonry.gateway.GatewayMain";
        startRole(
                "public",
                "edge-gateway",
                gateway,
                configs.gateway(
                        "public",
                        DemoLayout.LOOPBACK,
                        layout.publicPort(),
                        layout.publicUrl(),
                        "edge-public"),
                "public ready");
        startRole(
                "admin",
                "edge-gateway",
                gateway,
                configs.gateway(
                        "admin",
                        DemoLayout.ADMIN_ADDRESS,
                        layout.adminPort(),
                        layout.adminUrl(),
                        "admin-admin"),
                "admin ready");
        startRole(
                "widgets",
                "widget-server",
                "org.almonry.widget.WidgetMain",
                configs.widgets(),
                "widgets ready");
    }

    private void startRole(String role, String module, String mainClass, Path config, String ready)
            throws IOException {
        say.accept("starting " + role + " …");
        var jar = DemoJars.jarOf(layout.repository(), module);
        var start = new RoleProcess.Start(role, jar, mainClass, config, ready, layout.folder());
        // Beside the jars, not in the demo's folder: the second start of a demo profits
        // from the
        // first.
        var archive = jar.resolveSibling(role + ".jsa");
        roles.put(
                role,
                RoleProcess.start(
                        start,
                        layout.logs().resolve(role + ".log"),
                        archive,
                        line -> say.accept("%-8s | %s".formatted(role, line))));
    }

    private static void await(Future<?> task, String what)
            throws DemoFailure, InterruptedException {
        try {
            task.get();
        } catch (ExecutionException e) {
            throw new DemoFailure(what + " did not start: " + e.getCause(), e);
        }
    }

    /// Kills the core as a power cut would and starts it again: for tests of what a crash
    /// leaves.
    public void crashCore(Callable<Void> meanwhile) throws Exception {
        var old = role("core");
        old.kill();
        meanwhile.call();
        startRole(
                "core",
                "core-backend",
                "org.almonry.core.CoreMain",
                layout.configs().resolve("core.properties"),
                "core ready");
        if (!role("core").awaitReady(READY_PATIENCE)) {
            throw new DemoFailure("the core did not come back");
        }
        awaitEdge();
    }

    private RoleProcess role(String name) throws DemoFailure {
        var role = roles.get(name);
        if (role == null) {
            throw new DemoFailure("no such role: " + name);
        }
        return role;
    }

    private void writeJson() throws IOException {
        var about = new LinkedHashMap<String, Object>();
        about.put("pid", ProcessHandle.current().pid());
        var urls = new LinkedHashMap<String, String>();
        urls.put("widgets", layout.widgetUrl());
        urls.put("public", layout.publicUrl());
        urls.put("admin", layout.adminUrl());
        urls.put("bank", layout.bankUrl());
        urls.put("mail", layout.mailUrl());
        about.put("urls", urls);
        about.put("core", DemoLayout.LOOPBACK + ":" + layout.corePort());
        about.put("management", "http://" + DemoLayout.LOOPBACK + ":" + layout.managementPort());
        var databases = new LinkedHashMap<String, String>();
        for (var database : List.of("accounting", "identity")) {
            databases.put(database, new DemoConfigs(layout).jdbcUrl(database));
        }
        about.put("databases", databases);
        about.put("secrets", layout.secrets().toString());
        about.put(
                "logins",
                Map.of(
                        "admin", DemoLayout.ADMIN_EMAIL,
                        "accountant", "accountant@almonry.example",
                        "member", "member@river-trust.example"));
        about.put("certificates", DemoCertificates.all(layout));
        about.put("logs", layout.logs().toString());
        var pids = new LinkedHashMap<String, Long>();
        roles.forEach((name, role) -> pids.put(name, role.pid()));
        about.put("processes", pids);
        var draft = layout.json().resolveSibling("demo.json.part");
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(draft.toFile(), about);
        // Moved into place whole: whoever waits for the file never reads half of it.
        Files.move(draft, layout.json(), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    /// Stops everything, the roles before what they stand on.
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (var stoppers = Executors.newVirtualThreadPerTaskExecutor()) {
            roles.values()
                    .forEach(role -> stoppers.submit(() -> {
                        role.stop();
                        return null;
                    }));
        }
        for (var part : outside.reversed()) {
            try {
                part.close();
            } catch (Exception e) {
                // The rest must still be stopped; what is left over ends with this process.
                say.accept("could not stop cleanly: " + e.getMessage());
            }
        }
        try {
            Files.deleteIfExists(layout.json());
        } catch (IOException e) {
            say.accept("could not remove " + layout.json() + ": " + e.getMessage());
        }
    }
}

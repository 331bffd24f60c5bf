package org.almonry.ledger.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grpc.StatusRuntimeException;

import org.almonry.certs.CertificateTool;
import org.almonry.cli.LedgerHalt;
import org.almonry.error.v1.Reason;
import org.almonry.ledger.v1.GetCheckStateRequest;
import org.almonry.ledger.v1.GetLedgerStateRequest;
import org.almonry.ledger.v1.LedgerCheckServiceGrpc;
import org.almonry.ledger.v1.LedgerReadServiceGrpc;
import org.almonry.ledger.v1.LiftHaltRequest;
import org.almonry.ledger.v1.RunCheckRequest;
import org.almonry.testing.SignedIn;
import org.almonry.testing.TestCore;
import org.almonry.wire.Failure;
import org.almonry.wire.Identity;
import org.almonry.wire.WireClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// what a person can do about a halt, by the wire and at the machine.
class HaltByHandTest {
    private static final String BREAK =
            "update ledger.coin set balance = balance + 1 where id = (select min(id) from ledger.coin)";
    private static final String MEND = BREAK.replace("+ 1", "- 1");

    @TempDir
    Path directory;

    @Test
    void anAdminChecksSeesAndLifts() throws Exception {
        try (var core = TestCore.start(directory, Map.of())) {
            var session = SignedIn.at(core, Identity.ADMIN, TestCore.ADMIN);
            var channel = core.channel(Identity.ADMIN);
            var stub = WireClient.withSession(
                    LedgerCheckServiceGrpc.newBlockingStub(channel), session);
            coin(core);
            assertTrue(
                    stub.runCheck(RunCheckRequest.getDefaultInstance()).getRun().getRight());
            tamper(core, BREAK);
            var run = stub.runCheck(RunCheckRequest.getDefaultInstance()).getRun();
            assertFalse(run.getRight());
            assertTrue(run.getFaults(0).contains("its last entry"), run.getFaults(0));
            var state = stub.getCheckState(GetCheckStateRequest.getDefaultInstance());
            assertEquals("job:ledger.check", state.getHalt().getWho());
            var shown = WireClient.withSession(
                            LedgerReadServiceGrpc.newBlockingStub(channel), session)
                    .getLedgerState(GetLedgerStateRequest.getDefaultInstance());
            assertTrue(shown.getSelfCheck().getStopped());
            var lift = LiftHaltRequest.newBuilder().setWhy("mended by hand").build();
            var refused = assertThrows(StatusRuntimeException.class, () -> stub.liftHalt(lift));
            assertEquals(Reason.WRONG_STATE, Failure.from(refused).reason());
            tamper(core, MEND);
            stub.liftHalt(lift);
            assertFalse(stub.getCheckState(GetCheckStateRequest.getDefaultInstance())
                    .hasHalt());
        }
    }

    @Test
    void somebodyAtTheMachineSeesAndLifts() throws Exception {
        try (var core = TestCore.start(directory, Map.of())) {
            var file = configuration(core);
            var halt = new LedgerHalt(Clock.systemUTC(), "root");
            coin(core);
            assertEquals("not halted", halt.run(List.of("halt", file)));
            tamper(core, BREAK);
            assertTrue(halt.run(List.of("halt", file)).startsWith("halted since "));
            var refused = halt.run(List.of("halt", file, "lift", "hope"));
            assertTrue(refused.startsWith("The books are still wrong"), refused);
            assertTrue(halt.run(List.of("halt", file, "drop", "x")).startsWith("usage"));
            assertTrue(halt.run(List.of("halt", file, "accept", "a known disk fault"))
                    .startsWith("not halted"));
            assertEquals(
                    "root: a known disk fault",
                    core.database()
                            .superuserJdbi()
                            .withHandle(handle -> handle.createQuery(
                                            "select detail from audit.entry where action = 'LiftHalt'")
                                    .mapTo(String.class)
                                    .one()));
        }
    }

    private static void coin(TestCore core) {
        tamper(core, """
                insert into ledger.coin (issuer_id, currency, currency_scale, kind, name, owner, opened_at)
                select min(id), 'EUR', 2, 'POT', 'pot', 'pot', now() from ledger.issuer
                """);
    }

    private static void tamper(TestCore core, String statement) {
        core.database().superuserJdbi().useHandle(handle -> {
            handle.execute("set session_replication_role = replica");
            handle.execute(statement);
        });
    }

    private String configuration(TestCore core) throws Exception {
        var certificates = CertificateTool.open(core.authority(), Clock.systemUTC());
        var text =
                TestCore.settings(directory, core.database(), certificates, Map.of())
                        .entrySet()
                        .stream()
                        .map(each -> each.getKey() + " = " + each.getValue())
                        .collect(Collectors.joining("\n"));
        var file = directory.resolve("core.properties");
        Files.writeString(file, text, UTF_8);
        return file.toString();
    }
}

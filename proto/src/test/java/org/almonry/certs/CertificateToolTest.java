package org.almonry.certs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.wire.TlsFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

class CertificateToolTest {
    private static final Instant START = Instant.parse("2026-10-01T12:00:00Z");

    @TempDir
    Path directory;

    @Test
    void repeatingAStepChangesNothing() throws Exception {
        var first = issue(START);
        var before = bytes(first);
        assertArrayEquals(before, bytes(issue(START.plus(Duration.ofDays(3)))));
        assertEquals(List.of(), tool(START).renew(directory.resolve("out")));
    }

    @Test
    void pastHalfOfItsLifeALeafIsRenewedWithItsNames() throws Exception {
        var before = bytes(issue(START));
        var later = tool(START.plus(Duration.ofDays(4)));
        assertEquals(List.of("core/core"), later.renew(directory.resolve("out")));
        var after = Pem.certificates(directory.resolve("out/core-core.crt")).getFirst();
        assertNotEquals(before.length, 0);
        assertTrue(after.getNotAfter().toInstant().isAfter(START.plus(Duration.ofDays(10))));
        assertEquals(
                "spiffe://almonry.test/core/core [core.almonry.test, 127.0.0.1]",
                CertificateTool.show(directory.resolve("out/core-core.crt"))
                        .getFirst()
                        .split(" from")[0]);
    }

    @Test
    void anIntermediateIsRenewedOnlyWithTheRootKeyAndLeavesNeverOutliveIt() throws Exception {
        issue(START);
        var middle = directory.resolve("authority/intermediate.crt");
        var before = Files.readString(middle);
        Files.move(directory.resolve("authority/root.key"), directory.resolve("safe.key"));
        issue(START.plus(Duration.ofDays(360)));
        assertEquals(before, Files.readString(middle));
        var leaf = Pem.certificates(directory.resolve("out/core-core.crt")).getFirst();
        var authority = Pem.certificates(middle).getFirst();
        assertEquals(authority.getNotAfter(), leaf.getNotAfter());
        Files.move(directory.resolve("safe.key"), directory.resolve("authority/root.key"));
        issue(START.plus(Duration.ofDays(361)));
        assertNotEquals(before, Files.readString(middle));
    }

    @Test
    void privateFilesArePrivate() throws Exception {
        issue(START);
        for (var key :
                List.of("authority/root.key", "authority/intermediate.key", "out/core-core.key")) {
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(directory.resolve(key))));
        }
    }

    @Test
    void leavesAreForBothEndsOfAConnectionAndNothingElse() throws Exception {
        var leaf = Pem.certificates(issue(START).certificate()).getFirst();
        assertEquals(List.of("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"), leaf.getExtendedKeyUsage());
        assertEquals(-1, leaf.getBasicConstraints());
        assertTrue(leaf.getKeyUsage()[0]);
        assertEquals(
                Duration.ofDays(7), Duration.between(START, leaf.getNotAfter().toInstant()));
    }

    @Test
    void anAuthorityKeepsItsTrustDomain() {
        tool(START);
        assertThrows(
                IllegalArgumentException.class,
                () -> CertificateTool.init(
                        directory.resolve("authority"), "other.test", at(START)));
    }

    @Test
    void theCommandLineSaysWhatItDid() {
        var authority = directory.resolve("authority").toString();
        var out = directory.resolve("out").toString();
        assertEquals(0, run(START, "init", authority, "almonry.test").code());
        var issued = run(START, "issue", authority, "edge/public", out);
        assertTrue(
                issued.text().startsWith("spiffe://almonry.test/edge/public [] from"),
                issued.text());
        assertEquals("nothing is due\n", run(START, "renew", authority, out).text());
        var later = START.plus(Duration.ofDays(4));
        assertEquals(
                "renewed edge/public\n", run(later, "renew", authority, out).text());
        assertEquals(1, run(START, "issue", authority, "Edge Public", out).code());
        var misspelt = run(START, "issue", authority, "ledger/writr", out);
        assertEquals(1, misspelt.code());
        assertTrue(misspelt.text().contains("ledger/writer"), misspelt.text());
        assertEquals(2, run(START, "help").code());
    }

    private record Ran(int code, String text) {}

    private static Ran run(Instant now, String... args) {
        var bytes = new ByteArrayOutputStream();
        var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        int code = CertsMain.run(List.of(args), at(now), out);
        return new Ran(code, bytes.toString(StandardCharsets.UTF_8));
    }

    private TlsFiles issue(Instant now) {
        return tool(now)
                .issue(
                        "core/core",
                        List.of("core.almonry.test", "127.0.0.1"),
                        directory.resolve("out"));
    }

    private CertificateTool tool(Instant now) {
        return CertificateTool.init(directory.resolve("authority"), "almonry.test", at(now));
    }

    private static Clock at(Instant now) {
        return Clock.fixed(now, ZoneOffset.UTC);
    }

    private static byte[] bytes(TlsFiles files) throws Exception {
        return Files.readAllBytes(files.certificate());
    }
}

package org.almonry.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;

/// What the demo says of programs that use the ledger is true: the script that it writes runs
/// the example against it, under the certificates of a writer and of a reader (K-010).
class LedgerClientsTest {
    @Test
    void theJavaExampleRunsAgainstTheDemo() throws Exception {
        RunningDemo.get();
        var script = RunningDemo.LAYOUT.ledgerClient("java").toString();
        var process = new ProcessBuilder("sh", script).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, process.waitFor(), said);
        assertTrue(said.contains("streamed: 1000"), said);
        assertTrue(said.contains("a writer reads: 3750 available"), said);
        assertTrue(said.contains("a reader that posts: PERMISSION_DENIED"), said);
        assertTrue(String.join("\n", DemoGreeting.lines(RunningDemo.LAYOUT))
                .contains("sh deploy/target/e2e/ledger-java.sh"));
    }
}

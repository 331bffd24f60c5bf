package org.almonry.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

class ConfigTest {
    @Test
    void readsTypedValuesAndSections(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("password"), "hunter2\n");
        Files.writeString(directory.resolve("core.properties"), """
                listen.port=8443
                fetch.retry = 90s
                providers=demo-bank, bank
                providers.demo-bank.kind=sandbox
                providers.bank.kind=bank
                smtp.password-file=password
                """);
        var config = Config.load(directory.resolve("core.properties"));
        assertEquals(8443, config.number("listen.port", 1));
        assertEquals(Duration.ofSeconds(90), config.duration("fetch.retry", Duration.ZERO));
        assertEquals(List.of("demo-bank", "bank"), config.list("providers"));
        assertEquals(Set.of("demo-bank", "bank"), config.children("providers"));
        assertEquals("sandbox", config.section("providers.demo-bank").text("kind"));
        assertEquals("bank", config.section("providers").section("bank").text("kind"));
        var secret = config.secret("smtp.password-file");
        assertEquals("hunter2", secret.reveal());
        assertEquals("[REDACTED]", secret.toString());
        config.refuseUnknown();
    }

    @Test
    void refusesTheKeyThatNobodyAskedFor() {
        var config = Config.of(Map.of("listen.port", "1", "listen.prot", "2"));
        config.number("listen.port");
        var refused = assertThrows(ConfigRefused.class, config::refuseUnknown);
        assertTrue(refused.getMessage().contains("listen.prot"), refused.getMessage());
    }

    @Test
    void refusalsNameTheKey() {
        var config = Config.of(Map.of("a.port", "x", "a.wait", "5 minutes", "a.on", "yes"));
        var section = config.section("a");
        for (var refused : List.of(
                assertThrows(ConfigRefused.class, () -> section.number("port")),
                assertThrows(ConfigRefused.class, () -> section.duration("wait", Duration.ZERO)),
                assertThrows(ConfigRefused.class, () -> section.flag("on", false)),
                assertThrows(ConfigRefused.class, () -> section.text("name")))) {
            assertTrue(refused.getMessage().contains(": a."), refused.getMessage());
        }
    }
}

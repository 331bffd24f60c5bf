package org.almonry.demo;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;

/// The whole path without a browser (C-010, C-011, C-012, C-020, C-031, C-040, C-069,
/// C-093).
class SmokeTest {

    @Test
    void aGiftBecomesBookedMoney() throws Exception {
        RunningDemo.get();
        var said = Collections.synchronizedList(new ArrayList<String>());
        assertTrue(Smoke.run(RunningDemo.LAYOUT, said::add), () -> String.join("\n", said));
    }
}

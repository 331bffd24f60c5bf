package org.almonry.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

class IdsTest {
    private static final Instant NOON = Instant.parse("2026-10-01T12:00:00Z");
    private final Ids ids = new Ids(Clock.fixed(NOON, ZoneOffset.UTC));

    @Test
    void idsSortInTheOrderOfTheirMakingEvenWithinOneMillisecond() {
        var before = ids.next("inc");
        for (int i = 0; i < 10_000; i++) {
            var id = ids.next("inc");
            assertTrue(id.compareTo(before) > 0, id);
            before = id;
        }
        assertTrue(before.matches("inc_[0-9a-f]{32}"), before);
    }

    @Test
    void theUuidInAnIdIsOfVersionSevenAndCarriesTheTime() {
        var uuid = Ids.uuid(ids.next("prc"));
        assertEquals(7, uuid.version());
        assertEquals(2, uuid.variant());
        assertEquals(NOON.toEpochMilli(), uuid.getMostSignificantBits() >>> 16);
        assertEquals(uuid, Ids.uuid(Ids.text("prc", uuid)));
    }

    @Test
    void derivedIdsAreStableDifferByPurposeAndKeepTheTime() {
        var id = ids.next("inc");
        assertEquals(Ids.derive(id, "incoming"), Ids.derive(id, "incoming"));
        assertNotEquals(Ids.derive(id, "incoming"), Ids.derive(id, "process"));
        assertNotEquals(Ids.derive(id, "incoming"), Ids.derive(ids.next("inc"), "incoming"));
        assertEquals(
                NOON.toEpochMilli(), Ids.derive(id, "incoming").getMostSignificantBits() >>> 16);
        assertEquals(2, Ids.derive(id, "incoming").variant());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "inc",
                "inc_",
                "inc_12",
                "0197f2d0c0de70000000000000000000",
                "inc_0197f2d0c0de7000000000000000000g"
            })
    void refusesWhatIsNoId(String text) {
        assertThrows(IllegalArgumentException.class, () -> Ids.uuid(text));
    }
}

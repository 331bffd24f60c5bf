package org.almonry.widget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Bad input and faults: core down. The widget says so honestly and keeps what was typed.
class CoreDownTest {
    private static final String OTTER = "/river-trust/otter-rescue";
    private final Ticking clock = new Ticking();
    private WidgetTesting world;

    /// A clock that a test moves on.
    private static final class Ticking extends Clock {
        private volatile Instant now = Instant.parse("2026-11-21T10:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @BeforeEach
    void start() {
        world = new WidgetTesting(Map.of(), clock);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void whatWasTypedIsKeptAndSentAgainItMakesOnePledge() throws Exception {
        String id = WidgetTesting.formId(world.get(OTTER));
        world.core.stop();
        for (Duration passed : new Duration[] {Duration.ZERO, Duration.ofMinutes(1)}) {
            // Once with what is known of the project still fresh, once without.
            clock.pass(passed);
            var answer = world.post(
                    OTTER, Map.of("form", id, "amount", "25", "name", "Ann <b>", "choice", "5000"));
            assertEquals(503, answer.statusCode());
            assertTrue(answer.headers().firstValue("retry-after").isPresent());
            assertTrue(answer.body().contains("Nothing was recorded"), answer.body());
            assertTrue(answer.body().contains("<dd>Ann &lt;b&gt;</dd>"), answer.body());
            assertTrue(answer.body().contains("name=\"form\" value=\"" + id + "\""));
            assertTrue(answer.body().contains("name=\"amount\" value=\"25\""));
            assertTrue(answer.body().contains("flt_"), "an incident to ask with");
            assertTrue(
                    answer.headers()
                            .firstValue("content-security-policy")
                            .orElse("")
                            .contains("frame-ancestors https://river.example"),
                    "the page must show inside the frame where the giver typed");
        }
        var down = world.post(OTTER, Map.of("form", id, "amount", "25", "name", "Ann"));
        world.core.restart();
        var kept = hidden(down.body());
        String action =
                WidgetTesting.find(down.body(), "<form method=\"post\" action=\"([^\"]+)\"");
        int status = 503;
        for (int i = 0; i < 50 && status == 503; i++) {
            Thread.sleep(200);
            status = world.post(action, kept).statusCode();
        }
        assertEquals(303, status);
        assertEquals(303, world.post(action, kept).statusCode());
        assertEquals(1, world.core.pledges.size());
    }

    private static Map<String, String> hidden(String html) {
        var fields = new LinkedHashMap<String, String>();
        var matcher = Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")
                .matcher(html);
        while (matcher.find()) {
            fields.put(matcher.group(1), matcher.group(2));
        }
        return fields;
    }

    @Test
    void anAnswerThatComesTooLateIsNotCalledNothing() throws Exception {
        String id = WidgetTesting.formId(world.get(OTTER));
        world.core.delayMs = 7000;
        var answer = world.post(OTTER, Map.of("form", id, "amount", "25"));
        assertEquals(503, answer.statusCode());
        assertTrue(answer.body().contains("We cannot tell whether"), answer.body());
        assertFalse(answer.body().contains("Nothing was recorded"));
        assertTrue(answer.body().contains("cannot make a second pledge"));
    }

    @Test
    void pagesComeBackByThemselves() throws Exception {
        world.core.stop();
        clock.pass(Duration.ofMinutes(1));
        var down = world.get(OTTER);
        assertEquals(503, down.statusCode());
        assertTrue(down.body().contains("Try again"));
        var pledge = world.get("/pledge/token-00000000000000000000");
        assertEquals(503, pledge.statusCode());
        assertTrue(pledge.body().contains("stays recorded"), pledge.body());
        assertFalse(pledge.body().contains("Nothing was recorded"));
        assertEquals(503, world.get("/goal/otter-rescue.svg").statusCode());
        assertEquals(200, world.get("/livez").statusCode());
        assertEquals(200, world.get("/embed/v1.js").statusCode());
        world.core.restart();
        int status = 503;
        for (int i = 0; i < 50 && status == 503; i++) {
            Thread.sleep(200);
            status = world.get(OTTER).statusCode();
        }
        assertEquals(200, status);
    }

    @Test
    void publicDataIsTenSecondsOldAtMost() throws Exception {
        assertTrue(world.get(OTTER).body().contains("€6,240.00"));
        world.core.received = 626_500;
        assertTrue(world.get(OTTER).body().contains("€6,240.00"));
        clock.pass(Duration.ofSeconds(10));
        assertTrue(world.get(OTTER).body().contains("€6,265.00"));
    }
}

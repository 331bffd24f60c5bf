package org.almonry.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Reads the demo's mailbox through its page, as a person would.
final class Mailbox {

    private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"]+");
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final DemoLayout layout;
    private final Browserless web = new Browserless();
    private final ObjectMapper json = new ObjectMapper();

    Mailbox(DemoLayout layout) {
        this.layout = layout;
    }

    int count() throws IOException, InterruptedException {
        return all().size();
    }

    /// The first link of the newest mail to an address, once there are more mails than
    /// before.
    String awaitLink(String to, int before, Duration patience)
            throws IOException, InterruptedException {
        var mail = await(
                m -> m.path("to").asText().contains(to)
                        && LINK.matcher(m.path("body").asText()).find(),
                before,
                patience);
        var link = LINK.matcher(mail.path("body").asText());
        if (!link.find()) {
            throw new IOException("no link in the mail: " + mail);
        }
        return link.group();
    }

    /// The newest mail that fits, once there are more mails than before.
    JsonNode await(Predicate<JsonNode> fits, int before, Duration patience)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        do {
            var all = all();
            int fresh = all.size() - before;
            Optional<JsonNode> found = Optional.empty();
            for (int i = 0; i < fresh && found.isEmpty(); i++) {
                found = Optional.of(all.get(i)).filter(fits);
            }
            if (found.isPresent()) {
                return found.get();
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        } while (System.nanoTime() < end);
        throw new IOException("no mail came within " + patience.toSeconds()
                + " s (sign-in links: at most three per address in a quarter of an hour)");
    }

    private JsonNode all() throws IOException, InterruptedException {
        var page = web.get(layout.mailUrl() + "/api/messages");
        if (page.status() != 200) {
            throw new IOException("the mailbox answered " + page.status());
        }
        return json.readTree(page.body());
    }
}

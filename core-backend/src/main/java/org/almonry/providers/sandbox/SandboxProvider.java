package org.almonry.providers.sandbox;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.almonry.providers.Cursor;
import org.almonry.providers.FetchPage;
import org.almonry.providers.FetchesStatements;
import org.almonry.providers.ProviderFailure;
import org.almonry.providers.ProviderHttp;
import org.almonry.providers.StatementFooter;
import org.almonry.providers.StatementHeader;
import org.almonry.providers.StatementLine;
import org.almonry.providers.StatementRefused;
import org.almonry.providers.StatementSink;
import org.almonry.providers.bank.StatementReader;
import org.almonry.wire.Config;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// The demo bank, over its HTTP API.
///
/// A listing of an account names the pages after a cursor; each page is a camt.053 file. A
/// file is read through before it is handed over, so that one that was cut in half on its
/// way fails the fetch and is asked for again.
public final class SandboxProvider implements FetchesStatements, AutoCloseable {
    /// The `kind` in the configuration.
    public static final String KIND = "sandbox";

    /// Entries on a page (C-017 speaks of the last 50 to 100).
    private static final int ENTRIES_PER_PAGE = 100;

    /// Pages that are taken from one listing; the rest comes with the next.
    private static final int PAGES_MAX = 50;

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private static final Pattern PAGE_ID = Pattern.compile("[A-Za-z0-9._-]{1,80}");

    private final String name;
    private final List<String> accounts;
    private final ProviderHttp http;
    private final ObjectMapper json = new ObjectMapper();
    private final StatementReader reader = new StatementReader();

    public SandboxProvider(String name, List<String> accounts, ProviderHttp http) {
        this.name = requireNonNull(name, "name is null");
        this.accounts = List.copyOf(accounts);
        this.http = requireNonNull(http, "http is null");
    }

    /// From the keys `url`, `token-file`, `trust-file` and `timeout`.
    public static SandboxProvider configured(String name, List<String> accounts, Config keys) {
        URI url;
        try {
            url = URI.create(keys.text("url"));
        } catch (IllegalArgumentException e) {
            throw keys.refused("url", "is no address");
        }
        return new SandboxProvider(
                name,
                accounts,
                new ProviderHttp(
                        url,
                        keys.path("trust-file"),
                        keys.secret("token-file"),
                        keys.duration("timeout", TIMEOUT)));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Set<String> capabilities() {
        return Set.of("fetches-statements");
    }

    @Override
    public FetchPage fetch(Cursor cursor, Path spool) throws ProviderFailure {
        var position = SandboxCursor.parse(cursor);
        var files = new ArrayList<Path>();
        boolean more = false;
        for (var account : accounts) {
            var listing = listing(account, position.of(account));
            var pages = listing.path("pages");
            if (!pages.isArray() || pages.size() > PAGES_MAX) {
                throw senseless(null);
            }
            for (var page : pages) {
                files.add(download(account, page, files.size(), spool));
            }
            var next = listing.path("next").asText("");
            more |= listing.path("more").asBoolean(false) && !next.equals(position.of(account));
            if (!next.isEmpty()) {
                position = position.with(account, next);
            }
        }
        return new FetchPage(files, position.toCursor().value(), more);
    }

    @Override
    public void close() {
        http.close();
    }

    private JsonNode listing(String account, String after) throws ProviderFailure {
        var bytes = http.get("/v1/accounts/%s/statements?after=%s&limit=%d"
                .formatted(encode(account), encode(after), ENTRIES_PER_PAGE));
        try {
            return json.readTree(bytes);
        } catch (IOException e) {
            throw senseless(e);
        }
    }

    private Path download(String account, JsonNode page, int number, Path spool)
            throws ProviderFailure {
        var id = page.path("id").asText("");
        if (!PAGE_ID.matcher(id).matches()) {
            throw senseless(null);
        }
        // The number keeps a page apart that is listed twice, and the order.
        var file = spool.resolve("%s-%04d-%s-%s.xml".formatted(name, number, account, id));
        URI href;
        try {
            href = URI.create(page.path("href").asText(""));
        } catch (IllegalArgumentException e) {
            throw senseless(e);
        }
        http.download(href.toString(), file);
        try {
            reader.read(file, null, new Nowhere());
        } catch (StatementRefused e) {
            throw new ProviderFailure(
                    true,
                    "The provider sent half a page, or one that is no statement; nothing of it was"
                            + " used: "
                            + e.getMessage(),
                    e);
        }
        return file;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static ProviderFailure senseless(@Nullable Exception e) {
        return new ProviderFailure(true, "The provider's list of pages makes no sense.", e);
    }

    /// Takes everything and keeps nothing.
    private static final class Nowhere implements StatementSink {
        @Override
        public void begin(StatementHeader header) {}

        @Override
        public void line(StatementLine line) {}

        @Override
        public void end(StatementFooter footer) {}
    }
}

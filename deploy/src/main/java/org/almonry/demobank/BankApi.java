package org.almonry.demobank;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/// The API: lists what is new after a cursor, and gives it file by file.
final class BankApi {

    private static final Pattern LIST = Pattern.compile("/v1/accounts/([A-Z0-9]{5,34})/statements");
    private static final Pattern PAGE =
            Pattern.compile("/v1/accounts/([A-Z0-9]{5,34})/pages/([0-9]+)-([0-9]+)");
    private static final int LIMIT_MAX = 1000;
    private static final int PAGES_MAX = 20;
    private static final int OVERLAP_ENTRIES = 3;
    private static final long TIMEOUT_SECONDS = 90;

    private final BankBook book;
    private final DemoBank.Settings settings;
    private final Clock clock;
    private final ObjectMapper json = new ObjectMapper();

    /// What misbehaves once has done so.
    private final Set<String> done = ConcurrentHashMap.newKeySet();

    BankApi(BankBook book, DemoBank.Settings settings, Clock clock) {
        this.book = book;
        this.settings = settings;
        this.clock = clock;
    }

    void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var header = exchange.getRequestHeaders().getFirst("Authorization");
            if (header == null || !isToken(header)) {
                answer(exchange, 401, "application/json", "{\"error\":\"token refused\"}");
                return;
            }
            var path = exchange.getRequestURI().getPath();
            var list = LIST.matcher(path);
            var page = PAGE.matcher(path);
            if (list.matches() && book.knows(list.group(1))) {
                list(exchange, list.group(1));
            } else if (page.matches() && book.knows(page.group(1))) {
                page(
                        exchange,
                        page.group(1),
                        Integer.parseInt(page.group(2)),
                        Integer.parseInt(page.group(3)));
            } else {
                answer(exchange, 404, "application/json", "{\"error\":\"no such thing\"}");
            }
        }
    }

    private boolean isToken(String header) {
        return MessageDigest.isEqual(
                header.getBytes(StandardCharsets.UTF_8),
                ("Bearer " + settings.token()).getBytes(StandardCharsets.UTF_8));
    }

    private void list(HttpExchange exchange, String iban) throws IOException {
        var query = Query.parse(exchange.getRequestURI().getRawQuery());
        var entries = book.entries(iban);
        int after = Math.clamp(query.number("after", 0), 0, entries.size());
        int limit = Math.clamp(query.number("limit", 100), 1, LIMIT_MAX);
        var fresh = entries.subList(after, entries.size());
        if (once(fresh, after, iban, Payment.FAIL_ONCE)) {
            answer(exchange, 503, "application/json", "{\"error\":\"maintenance\"}");
            return;
        }
        if (once(fresh, after, iban, Payment.TIMEOUT_ONCE)) {
            // Longer than any caller should wait for a bank.
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS));
        }
        List<Map<String, String>> pages = new ArrayList<>();
        int from = after;
        while (from < entries.size() && pages.size() < PAGES_MAX) {
            int to = Math.min(from + limit, entries.size());
            var part = entries.subList(from, to);
            int begin = asked(part, Payment.OVERLAP) ? Math.max(0, from - OVERLAP_ENTRIES) : from;
            pages.add(link(iban, begin, to));
            if (asked(part, Payment.REPEAT)) {
                pages.add(link(iban, begin, to));
            }
            from = to;
        }
        var answer = new LinkedHashMap<String, Object>();
        answer.put("pages", pages);
        answer.put("next", Integer.toString(from));
        answer.put("more", from < entries.size());
        answer(exchange, 200, "application/json", json.writeValueAsString(answer));
    }

    private static Map<String, String> link(String iban, int from, int to) {
        var link = new LinkedHashMap<String, String>();
        link.put("id", from + "-" + to);
        link.put("href", "/v1/accounts/" + iban + "/pages/" + from + "-" + to);
        return link;
    }

    private void page(HttpExchange exchange, String iban, int from, int to) throws IOException {
        var entries = book.entries(iban);
        if (from >= to || to > entries.size()) {
            answer(exchange, 404, "application/json", "{\"error\":\"no such page\"}");
            return;
        }
        var xml = BankStatement.xml(
                entries, from, to, settings.bic(), settings.holder(), clock.instant());
        var bytes = xml.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/xml; charset=utf-8");
        exchange.sendResponseHeaders(200, bytes.length);
        boolean cut = once(entries.subList(from, to), from, iban, Payment.PARTIAL);
        exchange.getResponseBody().write(bytes, 0, cut ? bytes.length / 2 : bytes.length);
    }

    private static boolean asked(List<Payment> part, String magic) {
        return part.stream().anyMatch(p -> p.asksFor(magic));
    }

    private boolean once(List<Payment> part, int offset, String iban, String magic) {
        for (int i = 0; i < part.size(); i++) {
            if (part.get(i).asksFor(magic) && done.add(iban + " " + magic + " " + (offset + i))) {
                return true;
            }
        }
        return false;
    }

    static void answer(HttpExchange exchange, int status, String type, String body)
            throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}

package org.almonry.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The outside world's mailbox: a real SMTP server that keeps everything, and a page that
/// shows it.
final class DemoMail implements AutoCloseable {

    private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"]+");
    private static final int SHOWN_MAX = 200;
    private static final long WATCH_MS = 500;

    private final GreenMail smtp;
    private final HttpServer page;
    private final ObjectMapper json = new ObjectMapper();

    private final Consumer<Sent> announce;
    private volatile boolean stopped;

    private DemoMail(GreenMail smtp, HttpServer page, Consumer<Sent> announce) {
        this.smtp = smtp;
        this.page = page;
        this.announce = announce;
    }

    static DemoMail start(int smtpPort, int pagePort, Consumer<Sent> announce) throws IOException {
        var smtp = new GreenMail(new ServerSetup(smtpPort, DemoLayout.LOOPBACK, "smtp"));
        smtp.start();
        var page = HttpServer.create(new InetSocketAddress(DemoLayout.LOOPBACK, pagePort), 0);
        var mail = new DemoMail(smtp, page, announce);
        page.createContext("/api/messages", mail::answerJson);
        page.createContext("/", mail::answerPage);
        page.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        page.start();
        Thread.ofVirtual().name("mail-watch").start(mail::watch);
        return mail;
    }

    private void watch() {
        int seen = 0;
        while (!stopped) {
            smtp.waitForIncomingEmail(WATCH_MS, seen + 1);
            var all = sent();
            for (int i = all.size() - seen - 1; i >= 0; i--) {
                announce.accept(all.get(i));
            }
            seen = all.size();
        }
    }

    /// A sent mail, as far as a person wants to see it.
    record Sent(String to, String subject, String body) {

        List<String> links() {
            return LINK.matcher(body).results().map(MatchResult::group).toList();
        }
    }

    /// All mail, newest first.
    List<Sent> sent() {
        // The server keeps a folder per recipient; a person wants one list, by time.
        var stored = new ArrayList<>(smtp.getManagers().getImapHostManager().getAllMessages());
        stored.sort(Comparator.comparing(StoredMessage::getReceivedDate)
                .thenComparing(StoredMessage::getUid));
        var all = new ArrayList<Sent>();
        for (var message : stored.reversed()) {
            all.add(read(message.getMimeMessage()));
        }
        return all;
    }

    private static Sent read(MimeMessage message) {
        try {
            var to = Arrays.stream(message.getRecipients(Message.RecipientType.TO))
                    .map(Object::toString)
                    .collect(Collectors.joining(", "));
            var subject = message.getSubject();
            return new Sent(to, subject == null ? "" : subject, text(message.getContent()));
        } catch (MessagingException | IOException e) {
            return new Sent("?", "unreadable mail", String.valueOf(e.getMessage()));
        }
    }

    private static String text(Object content) throws MessagingException, IOException {
        if (content instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                if (parts.getBodyPart(i).isMimeType("text/plain")) {
                    return String.valueOf(parts.getBodyPart(i).getContent());
                }
            }
        }
        return String.valueOf(content);
    }

    private void answerJson(HttpExchange exchange) throws IOException {
        List<Map<String, String>> rows = new ArrayList<>();
        for (Sent sent : sent().stream().limit(SHOWN_MAX).toList()) {
            var row = new LinkedHashMap<String, String>();
            row.put("to", sent.to());
            row.put("subject", sent.subject());
            row.put("body", sent.body());
            rows.add(row);
        }
        answer(exchange, "application/json", json.writeValueAsString(rows));
    }

    private void answerPage(HttpExchange exchange) throws IOException {
        var html = new StringBuilder("""
                <!doctype html><html lang="en"><head><meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>Demo mailbox</title><style>
                body { font: 1rem/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem;
                  color: #23211c; background: #faf8f3 }
                article { background: #fff; border: 1px solid #ddd6c8; border-radius: .5rem; padding: 1rem;
                  margin-block: 1rem }
                h2 { font-size: 1.05rem; margin: 0 }
                pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit }
                p.to { color: #6a6459; margin: 0 }
                </style></head><body><h1>Demo mailbox</h1>
                <p>Everything that Almonry sent since the demo started, newest first.
                <a href="/">Look again</a></p>
                """);
        var sent = sent();
        if (sent.isEmpty()) {
            html.append("<p>Nothing was sent yet.</p>");
        }
        for (Sent mail : sent.stream().limit(SHOWN_MAX).toList()) {
            html.append("<article><h2>")
                    .append(escape(mail.subject()))
                    .append("</h2><p class=\"to\">to ")
                    .append(escape(mail.to()))
                    .append("</p><pre>")
                    .append(linked(mail.body()))
                    .append("</pre></article>");
        }
        answer(exchange, "text/html", html.append("</body></html>").toString());
    }

    private static String linked(String text) {
        var out = new StringBuilder();
        var matcher = LINK.matcher(text);
        int from = 0;
        while (matcher.find()) {
            var link = escape(matcher.group());
            out.append(escape(text.substring(from, matcher.start())));
            out.append("<a href=\"").append(link).append("\">").append(link).append("</a>");
            from = matcher.end();
        }
        return out.append(escape(text.substring(from))).toString();
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static void answer(HttpExchange exchange, String type, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(200, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        stopped = true;
        page.stop(0);
        smtp.stop();
    }
}

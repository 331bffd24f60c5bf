package org.almonry.demobank;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;

import org.almonry.money.Currency;
import org.almonry.money.Money;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;

/// The page where a person pays, and the same as JSON for scripts.
final class BankPages {

    private static final int BODY_MAX = 16 * 1024;
    private static final int TEXT_MAX = 140;
    private static final int NAME_MAX = 70;
    private static final int SHOWN = 20;
    private static final String VISITOR = "Alex Visitor";

    private static final String HEAD = """
        <!doctype html><html lang="en"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Demo bank</title><style>
        :root { color-scheme: light dark }
        body { font: 1rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto;
          padding: 0 1rem; color: light-dark(#1c2430, #e6ebf2);
          background: light-dark(#f3f6fa, #141a22) }
        form, table { background: light-dark(#fff, #1d2530); border-radius: .5rem;
          border: 1px solid light-dark(#c9d4e2, #3a4757); width: 100%; box-sizing: border-box }
        form { padding: 0 1rem 1rem } table { border-collapse: collapse }
        label { display: block; margin-block-start: .75rem; font-weight: 600 }
        input { font: inherit; width: 100%; box-sizing: border-box; padding: .5rem;
          border: 1px solid #7e8fa5; border-radius: .25rem; background: inherit; color: inherit }
        button { font: inherit; font-weight: 600; margin-block-start: 1rem; padding: .6rem 1.6rem;
          border: 0; border-radius: .25rem; background: #1f4e8c; color: #fff; cursor: pointer }
        :focus-visible { outline: 3px solid #d98e04; outline-offset: 2px }
        .problem { color: light-dark(#9c1c1c, #ff9d94); font-weight: 600 }
        .paid { color: light-dark(#14603a, #7fd6a5); font-weight: 600 }
        th, td { padding: .4rem .6rem; text-align: start; overflow-wrap: anywhere;
          border-block-end: 1px solid light-dark(#e3e9f1, #2b3644) }
        td:first-child { font-variant-numeric: tabular-nums; white-space: nowrap }
        </style></head><body><main><h1>Demo bank</h1>
        <p>A bank outside of Almonry. What you pay here is on its next statement; no real money
        moves.</p>
        """;

    private static final String TRICKS = """
        <details><summary>Make the bank misbehave</summary>
        <p>Write one of these words into the reference, and the next fetch meets that fault:
        FAIL-ONCE, TIMEOUT-ONCE, PARTIAL, REPEAT, OVERLAP, TWICE.</p></details>
        """;

    private final BankBook book;
    private final DemoBank.Settings settings;
    private final Clock clock;
    private final ObjectMapper json = new ObjectMapper();

    BankPages(BankBook book, DemoBank.Settings settings, Clock clock) {
        this.book = book;
        this.settings = settings;
        this.clock = clock;
    }

    /// Why a payment was refused.
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String text) {
            super(text);
        }
    }

    void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            boolean post = exchange.getRequestMethod().equals("POST");
            if (post && path.equals("/pay")) {
                payByForm(exchange);
            } else if (post && path.equals("/api/pay")) {
                payByJson(exchange);
            } else if (!post && path.equals("/")) {
                var query = Query.parse(exchange.getRequestURI().getRawQuery());
                BankApi.answer(exchange, 200, "text/html", page(query, "", query.text("paid")));
            } else {
                BankApi.answer(exchange, 404, "text/plain", "no such page");
            }
        }
    }

    private void payByForm(HttpExchange exchange) throws IOException {
        var form = Query.parse(
                new String(exchange.getRequestBody().readNBytes(BODY_MAX), StandardCharsets.UTF_8));
        try {
            var paid = pay(form);
            exchange.getResponseHeaders()
                    .set("Location", "/?paid=" + URLEncoder.encode(paid, StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(303, -1);
        } catch (Refused e) {
            BankApi.answer(
                    exchange, 422, "text/html", page(form, String.valueOf(e.getMessage()), ""));
        }
    }

    private void payByJson(HttpExchange exchange) throws IOException {
        Map<String, String> fields = json.readerForMapOf(String.class)
                .readValue(exchange.getRequestBody().readNBytes(BODY_MAX));
        try {
            var paid = pay(new Query(fields));
            BankApi.answer(
                    exchange,
                    201,
                    "application/json",
                    json.writeValueAsString(Map.of("paid", paid)));
        } catch (Refused e) {
            BankApi.answer(
                    exchange,
                    422,
                    "application/json",
                    json.writeValueAsString(Map.of("error", String.valueOf(e.getMessage()))));
        }
    }

    private String pay(Query form) throws Refused, IOException {
        var iban = form.text("iban").replace(" ", "");
        if (!book.knows(iban)) {
            throw new Refused("This bank has no account " + iban + ".");
        }
        var amount = amount(form.text("amount"), book.currency(iban));
        var name = form.text("name");
        var text = form.text("reference");
        if (name.isEmpty() || name.length() > NAME_MAX) {
            throw new Refused("Say your name, in at most " + NAME_MAX + " characters.");
        }
        if (text.length() > TEXT_MAX) {
            throw new Refused("The reference has at most " + TEXT_MAX + " characters.");
        }
        var date = LocalDate.now(clock).toString();
        long minor = form.text("direction").equals("out") ? -amount.minor() : amount.minor();
        boolean twice = text.contains(Payment.TWICE);
        for (int i = 0; i < (twice ? 2 : 1); i++) {
            var reference = twice ? "" : "DB%010d".formatted(book.entries(iban).size() + 1);
            book.book(new Payment(iban, book.currency(iban), minor, name, text, date, reference));
        }
        return amount.toString();
    }

    private static Money amount(String text, String currency) throws Refused {
        try {
            var money = Money.parse(text.replace(',', '.'), Currency.of(currency));
            if (money.isPositive()) {
                return money;
            }
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new Refused("Not an amount in " + currency + ": " + text);
        }
        throw new Refused("The amount must be more than zero.");
    }

    private String page(Query values, String problem, String paid) {
        var html = new StringBuilder(HEAD);
        if (!problem.isEmpty()) {
            html.append("<p class=\"problem\" role=\"alert\">")
                    .append(escape(problem))
                    .append("</p>");
        }
        if (!paid.isEmpty()) {
            html.append("<p class=\"paid\" role=\"status\">Paid ")
                    .append(escape(paid))
                    .append(".</p>");
        }
        html.append("<form method=\"post\" action=\"/pay\">");
        field(html, "iban", "To account (IBAN)", "required list=\"accounts\"", values);
        html.append("<datalist id=\"accounts\">");
        settings.accounts()
                .forEach((iban, currency) ->
                        html.append("<option value=\"%s\">%s</option>".formatted(iban, currency)));
        html.append("</datalist>");
        field(html, "amount", "Amount", "required inputmode=\"decimal\"", values);
        field(html, "name", "Your name", "required maxlength=\"" + NAME_MAX + "\"", named(values));
        field(html, "reference", "Reference", "maxlength=\"" + TEXT_MAX + "\"", values);
        html.append("<button>Pay</button></form><h2>Latest payments</h2>");
        payments(html);
        return html.append(TRICKS).append("</main></body></html>\n").toString();
    }

    private void payments(StringBuilder html) {
        var newest = book.newest(SHOWN);
        if (newest.isEmpty()) {
            html.append("<p>Nobody has paid yet.</p>");
            return;
        }
        html.append("<table><thead><tr><th scope=\"col\">Amount</th><th scope=\"col\">From</th>")
                .append("<th scope=\"col\">Reference</th><th scope=\"col\">Date</th></tr></thead>");
        for (var payment : newest) {
            html.append("<tr><td>")
                    .append(Money.of(payment.minor(), payment.currency()))
                    .append("</td><td>")
                    .append(escape(payment.name()))
                    .append("</td><td>")
                    .append(escape(payment.text()))
                    .append("</td><td>")
                    .append(payment.date())
                    .append("</td></tr>");
        }
        html.append("</table>");
    }

    /// A visitor of the demo need not think of a name.
    private static Query named(Query values) {
        return values.text("name").isEmpty() ? new Query(Map.of("name", VISITOR)) : values;
    }

    private static void field(
            StringBuilder html, String name, String label, String attributes, Query values) {
        html.append("<label for=\"%1$s\">%2$s</label><input id=\"%1$s\" name=\"%1$s\" "
                .formatted(name, label));
        html.append("autocomplete=\"off\" %s value=\"%s\">"
                .formatted(attributes, escape(values.text(name))));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}

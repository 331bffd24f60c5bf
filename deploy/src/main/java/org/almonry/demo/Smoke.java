package org.almonry.demo;

import com.fasterxml.jackson.databind.ObjectMapper;

import org.almonry.directory.v1.GetProjectRequest;
import org.almonry.directory.v1.Project;
import org.almonry.money.Money;
import org.almonry.wire.MoneyCodec;
import org.jsoup.nodes.Document;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Walks the whole path against a running demo, through its real pages, as a person would:
/// pledge, pay in the demo bank, *Fetch now*, booked, thermometer moved, mail sent, books
/// verified.
public final class Smoke {

    private static final Duration FETCH_PATIENCE = Duration.ofSeconds(60);
    private static final Duration MAIL_PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final String PROJECT = "otter-rescue";
    static final String SESSION_COOKIE = "__Host-almonry";
    private static final String GIFT = "25.00";
    private static final String EMAIL = "giver@supporters.example";
    private static final Pattern REFERENCE = Pattern.compile("RF[0-9]{2}[A-Z0-9]{1,21}");

    private final DemoLayout layout;
    private final Consumer<String> say;
    private final ObjectMapper json = new ObjectMapper();

    private Smoke(DemoLayout layout, Consumer<String> say) {
        this.layout = layout;
        this.say = say;
    }

    /// A step that did not go as it must.
    private static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        Failed(String text) {
            super(text);
        }
    }

    /// True when every step went well; says each of them.
    public static boolean run(DemoLayout layout, Consumer<String> say) throws InterruptedException {
        try {
            new Smoke(layout, say).walk();
            say.accept("smoke: all of it works");
            return true;
        } catch (Failed | IOException e) {
            say.accept("smoke: FAILED: " + e.getMessage());
            return false;
        }
    }

    private void walk() throws Failed, IOException, InterruptedException {
        var adminPages = new Browserless();
        signIn(adminPages);
        try (var admin = DemoAdmin.withSession(layout, adminPages.cookie(SESSION_COOKIE))) {
            var before = project(admin);
            var mailbox = new Mailbox(layout);
            var mails = mailbox.count();
            var goalBefore = goal();

            var widget = new Browserless();
            var confirmation = pledge(widget);
            pay(confirmation);
            fetchNow(adminPages);

            var received = MoneyCodec.fromProto(project(admin).getReceived());
            var expected = MoneyCodec.fromProto(before.getReceived())
                    .plus(Money.parse(GIFT, received.currency()));
            check(received.equals(expected), "booked: project received " + received);
            check(awaitReceived(widget, confirmation), "the giver's page tells that it arrived");
            check(awaitChange(goalBefore), "the thermometer moved");
            mailbox.await(m -> m.path("to").asText().contains(EMAIL), mails, MAIL_PATIENCE);
            say.accept("smoke: ok: a thank-you was mailed");
            var books = admin.verifyLedger();
            check(
                    books.getRight()
                            && books.getSumsList().stream().allMatch(s -> s.getMinor() == 0),
                    "books verified: %d coins and %d transactions recomputed, each currency sums to zero"
                            .formatted(books.getCoins(), books.getTransactions()));
        }
    }

    private static Project project(DemoAdmin admin) {
        return admin.directory()
                .getProject(GetProjectRequest.newBuilder().setProject(PROJECT).build())
                .getProject();
    }

    private String goal() throws IOException, InterruptedException {
        return new Browserless()
                .get(layout.widgetUrl() + "/goal/" + PROJECT + ".svg")
                .body();
    }

    /// Public project data may be ten seconds old.
    private boolean awaitChange(String before) throws IOException, InterruptedException {
        long end = System.nanoTime() + FETCH_PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            if (!goal().equals(before)) {
                return true;
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        return false;
    }

    /// The pledge follows the booking by an event, a moment later.
    private boolean awaitReceived(Browserless widget, Browserless.Page confirmation)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + MAIL_PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            if (widget.get(confirmation.address().toString()).html().selectFirst("#demo-bank")
                    == null) {
                return true;
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        return false;
    }

    private Browserless.Page pledge(Browserless widget)
            throws Failed, IOException, InterruptedException {
        var page = widget.get(layout.widgetUrl() + "/river-trust/" + PROJECT + "?lang=en");
        check(page.status() == 200, "the donation page is there");
        var form = page.html().selectFirst("form:has(input[name=amount])");
        if (form == null) {
            throw new Failed("the donation page has no form");
        }
        var confirmation = widget.submit(
                page, form, Map.of("amount", GIFT, "name", "Maria Example", "email", EMAIL));
        check(confirmation.status() == 200, "pledged; the page says how to transfer");
        var twice = widget.submit(
                page, form, Map.of("amount", GIFT, "name", "Maria Example", "email", EMAIL));
        check(
                reference(twice.html()).equals(reference(confirmation.html())),
                "sending the form twice makes one pledge");
        return confirmation;
    }

    private static String reference(Document page) throws Failed {
        var found = REFERENCE.matcher(page.text().replace(" ", "") + page.html());
        if (!found.find()) {
            throw new Failed("no RF reference on the confirmation page");
        }
        return found.group();
    }

    private void pay(Browserless.Page confirmation)
            throws Failed, IOException, InterruptedException {
        var link = confirmation.html().selectFirst("a[href^=" + layout.bankUrl() + "]");
        if (link == null) {
            throw new Failed("the confirmation page has no link to the demo bank");
        }
        var bank = new Browserless();
        var page = bank.get(link.attr("href"));
        var form = page.html().selectFirst("form");
        if (form == null) {
            throw new Failed("the demo bank has no form");
        }
        var paid = bank.submit(page, form, Map.of("name", "Maria Example"));
        check(paid.body().contains("Paid 25.00 EUR"), "paid in the demo bank");
        payOther();
    }

    /// A gift without any reference: it must wait in the inbox and nowhere else.
    private void payOther() throws IOException, InterruptedException, Failed {
        var fields = new LinkedHashMap<String, String>();
        fields.put("iban", DemoBankAccounts.EUR_IBAN);
        fields.put("amount", "7.50");
        fields.put("name", "J. Nobody");
        fields.put("reference", "for the good cause");
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + layout.bankPagePort() + "/api/pay"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json.writeValueAsString(fields)))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(request, BodyHandlers.ofString());
            check(answer.statusCode() == 201, "paid another gift without a reference");
        }
    }

    private void fetchNow(Browserless admin) throws Failed, IOException, InterruptedException {
        var providers = admin.get(layout.adminUrl() + "/providers?lang=en");
        var form = providers.html().selectFirst("form[action=/providers/demo-bank/fetch]");
        if (form == null) {
            throw new Failed("the providers page has no Fetch now for the demo bank");
        }
        var run = admin.submit(providers, form, Map.of());
        check(run.address().getPath().startsWith("/runs/"), "Fetch now leads to the run");
        long end = System.nanoTime() + FETCH_PATIENCE.toNanos();
        while (run.body().contains("<live-log")) {
            if (System.nanoTime() > end) {
                throw new Failed("the fetch did not end in time");
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
            run = admin.get(run.address().toString());
        }
        var booked = run.html().selectFirst("[data-live=booked]");
        check(booked != null && booked.text().equals("1"), "fetched: one line booked at once");
        var inbox = admin.get(layout.adminUrl() + "/incoming?lang=en");
        check(
                inbox.body().contains("J. Nobody"),
                "the line without a reference waits in the inbox");
    }

    private void signIn(Browserless admin) throws Failed, IOException, InterruptedException {
        var page = admin.get(layout.adminUrl() + "/sign-in?lang=en");
        var form = page.html().selectFirst("form[action=/sign-in]");
        if (form == null) {
            throw new Failed("the admin frontend has no sign-in form");
        }
        var mailbox = new Mailbox(layout);
        int before = mailbox.count();
        admin.submit(page, form, Map.of("email", DemoLayout.ADMIN_EMAIL));
        var link = mailbox.awaitLink(DemoLayout.ADMIN_EMAIL, before, MAIL_PATIENCE);
        var landing = admin.get(link);
        var button = landing.html().selectFirst("form[action=/sign-in/link]");
        if (button == null) {
            throw new Failed("the sign-in link leads to no button: " + landing.status());
        }
        var home = admin.submit(landing, button, Map.of());
        check(home.status() == 200, "signed in by the mailed link");
    }

    private void check(boolean right, String what) throws Failed {
        if (!right) {
            throw new Failed("not so: " + what);
        }
        say.accept("smoke: ok: " + what);
    }
}

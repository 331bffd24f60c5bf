package org.almonry.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;

import jakarta.mail.MessagingException;

import org.almonry.testing.LogLines;
import org.almonry.testing.SetClock;
import org.almonry.testing.TestDatabase;
import org.almonry.wire.Ids;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;

class MailsTest {
    private static final String TO = "giver@example.org";
    private final TestDatabase database = TestDatabase.fresh();
    private final SetClock clock = new SetClock("2026-10-12T08:00:00Z");
    private final Mails mails = new Mails(database.identity(), new Ids(clock), clock);
    private final GreenMail server =
            new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @BeforeEach
    void open() {
        server.start();
    }

    @AfterEach
    void close() {
        server.stop();
        database.close();
    }

    @Test
    void anOccasionIsOneMailHoweverOftenItIsToldAndSent() throws MessagingException, IOException {
        assertTrue(mails.queue(mail("gift-1", "Grüße, 山田\n")));
        assertFalse(mails.queue(mail("gift-1", "again")));
        assertEquals(1, mails.sendDue(smtp()));
        assertEquals(0, mails.sendDue(smtp()));
        assertEquals(1, server.getReceivedMessages().length);
        var message = server.getReceivedMessages()[0];
        assertEquals("Danke für die Otter", message.getSubject());
        assertTrue(message.getContent().toString().contains("Grüße, 山田"));
        assertEquals("auto-generated", message.getHeader("Auto-Submitted")[0]);
        var stored = mails.page("", 10).getFirst();
        assertEquals("<" + stored.id() + "@almonry.example>", message.getMessageID());
        assertEquals("sent", stored.state());
    }

    @Test
    void manySendersAtOnceSendEachMailOnce() throws InterruptedException {
        for (int i = 0; i < 25; i++) {
            mails.queue(mail("gift-" + i, "x"));
        }
        var smtp = smtp();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 6; i++) {
                threads.submit(() -> mails.sendDue(smtp));
            }
        }
        assertEquals(25, server.getReceivedMessages().length);
    }

    @Test
    void mailWaitsWhileTheServerIsDownAndNoAddressIsLogged() {
        mails.queue(mail("gift-1", "secret body"));
        var down = smtp();
        server.stop();
        try (var log = new LogLines()) {
            assertEquals(0, mails.sendDue(down));
            assertTrue(log.all().contains("was not sent"), log::all);
            assertFalse(log.all().contains(TO), log::all);
            assertFalse(log.all().contains("secret body"), log::all);
        }
        assertEquals("waiting", mails.page("", 10).getFirst().state());
        server.start();
        assertEquals(0, mails.sendDue(smtp()), "not before its time");
        clock.advance(Duration.ofSeconds(61));
        assertEquals(1, mails.sendDue(smtp()));
    }

    @Test
    void anAddressThatIsNoneIsGivenUpAtOnce() {
        mails.queue(new NewMail(
                MailKind.THANK_YOU,
                "gift-1",
                "not@an@address",
                "de",
                "x",
                "x",
                clock.instant().plusSeconds(60)));
        assertEquals(0, mails.sendDue(smtp()));
        assertEquals("failed", mails.page("", 10).getFirst().state());
    }

    @Test
    void whatIsTooLateIsNotSent() {
        mails.queue(mail("gift-1", "x"));
        clock.advance(Duration.ofDays(8));
        assertEquals(0, mails.sendDue(smtp()));
        assertEquals("failed", mails.page("", 10).getFirst().state());
        assertEquals(0, server.getReceivedMessages().length);
    }

    @Test
    void theBodyGoesWithTheSendingAndTheAddressAfterAMonth() {
        mails.queue(mail("gift-1", "secret body"));
        mails.sendDue(smtp());
        assertEquals("|" + TO, stored());
        clock.advance(Duration.ofDays(29));
        assertEquals(0, mails.eraseOld());
        clock.advance(Duration.ofDays(2));
        assertEquals(1, mails.eraseOld());
        assertEquals("|", stored());
    }

    @Test
    void lineBreaksNeverReachAHeader() {
        var soon = clock.instant().plusSeconds(60);
        assertThrows(
                IllegalArgumentException.class,
                () -> new NewMail(MailKind.ALARM, "k", "a@b\r\nBcc: c@d", "en", "x", "x", soon));
        assertThrows(
                IllegalArgumentException.class,
                () -> new NewMail(MailKind.ALARM, "k", "a@b", "en", "x\nBcc: c@d", "x", soon));
    }

    @Test
    void valuesAreNeverReadAsPatterns() {
        assertEquals("Hello {1} {0},", MailTexts.of("en").text("thank-you.greeting", "{1} {0}"));
        assertEquals("Guten Tag,", MailTexts.of("de-AT").text("thank-you.greeting-nameless"));
        assertEquals("en", MailTexts.of("ar").locale().getLanguage());
    }

    private String stored() {
        return database.identity()
                .withHandle(handle -> handle.createQuery(
                                "select body || '|' || recipient from mail.message")
                        .mapTo(String.class)
                        .one());
    }

    private NewMail mail(String occasion, String body) {
        return new NewMail(
                MailKind.THANK_YOU,
                occasion,
                TO,
                "de",
                "Danke für die Otter",
                body,
                clock.instant().plus(Duration.ofDays(7)));
    }

    private Smtp smtp() {
        return new Smtp(new SmtpConfig(
                "127.0.0.1",
                server.getSmtp().getPort(),
                "Almonry <almonry@almonry.example>",
                SmtpConfig.Security.NONE,
                "",
                null));
    }
}

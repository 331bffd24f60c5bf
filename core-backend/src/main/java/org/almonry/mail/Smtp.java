package org.almonry.mail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;

import org.almonry.wire.Secret;
import org.jspecify.annotations.Nullable;

import java.util.Date;
import java.util.Properties;

/// The mail server.
public final class Smtp {
    /// A mail server that is slower than this is treated as down.
    private static final String TIMEOUT_MS = "15000";

    private final SmtpConfig config;
    private final Session session;

    /// Connects at each sending, not before.
    public Smtp(SmtpConfig config) {
        this.config = requireNonNull(config, "config is null");
        this.session = Session.getInstance(properties(config), authenticator(config));
    }

    void send(MailStore.Due mail) throws NotSent {
        try {
            InternetAddress to = new InternetAddress(mail.recipient(), true);
            MimeMessage message = new Identified(session, mail.id() + "@" + domain());
            message.setFrom(new InternetAddress(config.from(), true));
            message.setRecipient(Message.RecipientType.TO, to);
            message.setSubject(mail.subject(), UTF_8.name());
            message.setText(mail.body(), UTF_8.name());
            message.setSentDate(Date.from(mail.createdAt()));
            message.setHeader("Content-Language", mail.language());
            // Keeps holiday notices from answering.
            message.setHeader("Auto-Submitted", "auto-generated");
            Transport.send(message);
        } catch (AddressException e) {
            throw new NotSent("the address is not one", true);
        } catch (SendFailedException e) {
            throw new NotSent(
                    "the mail server refused the recipient",
                    e.getInvalidAddresses() != null && e.getInvalidAddresses().length > 0);
        } catch (MessagingException e) {
            // The text of the exception may quote the address or the mail.
            throw new NotSent(e.getClass().getSimpleName(), false);
        }
    }

    private String domain() {
        return config.from().replaceFirst("^.*@", "").replaceFirst(">.*$", "");
    }

    private static Properties properties(SmtpConfig config) {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", config.host());
        properties.setProperty("mail.smtp.port", String.valueOf(config.port()));
        properties.setProperty("mail.smtp.connectiontimeout", TIMEOUT_MS);
        properties.setProperty("mail.smtp.timeout", TIMEOUT_MS);
        properties.setProperty("mail.smtp.writetimeout", TIMEOUT_MS);
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        switch (config.security()) {
            case NONE -> properties.setProperty("mail.smtp.starttls.enable", "false");
            case STARTTLS -> {
                properties.setProperty("mail.smtp.starttls.enable", "true");
                properties.setProperty("mail.smtp.starttls.required", "true");
            }
            case TLS -> properties.setProperty("mail.smtp.ssl.enable", "true");
        }
        properties.setProperty("mail.smtp.auth", String.valueOf(!config.user().isEmpty()));
        return properties;
    }

    private static @Nullable Authenticator authenticator(SmtpConfig config) {
        Secret password = config.password();
        if (password == null) {
            return null;
        }
        return new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(config.user(), password.reveal());
            }
        };
    }

    /// A mail whose Message-ID follows from its row, so that a repeated one can be
    /// recognised.
    private static final class Identified extends MimeMessage {
        private final String messageId;

        Identified(Session session, String messageId) {
            super(session);
            this.messageId = messageId;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<" + messageId + ">");
        }
    }

    /// A mail was not taken. The text names no address.
    static final class NotSent extends Exception {
        private static final long serialVersionUID = 1L;
        private final boolean permanent;

        NotSent(String text, boolean permanent) {
            super(text);
            this.permanent = permanent;
        }

        boolean isPermanent() {
            return permanent;
        }
    }
}

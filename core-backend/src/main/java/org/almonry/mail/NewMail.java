package org.almonry.mail;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/// A mail to send.
///
/// @param dedupeKey names the occasion; a second mail with the same key is not stored
/// @param expiresAt when sending it makes no sense any more
public record NewMail(
        MailKind kind,
        String dedupeKey,
        String recipient,
        String language,
        String subject,
        String body,
        Instant expiresAt) {
    /// Refuses missing parts and line breaks that would add headers.
    public NewMail {
        requireNonNull(kind, "kind is null");
        requireNonNull(dedupeKey, "dedupeKey is null");
        requireNonNull(language, "language is null");
        requireNonNull(body, "body is null");
        requireNonNull(expiresAt, "expiresAt is null");
        requireOneLine(recipient);
        requireOneLine(subject);
    }

    /// Address and body stay out of logs.
    @Override
    public String toString() {
        return "NewMail[" + kind.text() + "]";
    }

    private static void requireOneLine(String text) {
        if (text.isEmpty() || text.chars().anyMatch(c -> c < ' ')) {
            throw new IllegalArgumentException("recipient and subject of a mail are one line each");
        }
    }
}

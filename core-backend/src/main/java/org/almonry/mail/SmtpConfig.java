package org.almonry.mail;

import static java.util.Objects.requireNonNull;

import org.almonry.wire.Config;
import org.almonry.wire.Secret;
import org.jspecify.annotations.Nullable;

/// How the mail server is reached: keys `smtp.host`, `smtp.port`, `smtp.from`,
/// `smtp.security` (none, starttls or tls), and `smtp.user` with `smtp.password-file` where
/// it asks for them.
public record SmtpConfig(
        String host,
        int port,
        String from,
        Security security,
        String user,
        @Nullable Secret password) {
    /// Refuses missing parts, and a password on a line that anyone can read.
    public SmtpConfig {
        requireNonNull(host, "host is null");
        requireNonNull(from, "from is null");
        requireNonNull(security, "security is null");
        requireNonNull(user, "user is null");
        if (!user.isEmpty() && password == null) {
            throw new IllegalArgumentException("smtp.user needs smtp.password-file");
        }
        if (!user.isEmpty() && security == Security.NONE) {
            throw new IllegalArgumentException("smtp.user needs smtp.security starttls or tls");
        }
    }

    /// Whether the line is encrypted, and from when.
    public enum Security {
        /// Plain text: for a relay on the same host.
        NONE,
        /// Plain first, then TLS; refuses a server that does not offer it.
        STARTTLS,
        /// TLS from the first byte.
        TLS
    }

    /// Reads the section `smtp`.
    public static SmtpConfig from(Config smtp) {
        String user = smtp.text("user", "");
        return new SmtpConfig(
                smtp.text("host"),
                smtp.number("port", 25),
                smtp.text("from"),
                security(smtp.text("security", "none")),
                user,
                user.isEmpty() ? null : Secret.read(smtp.path("password-file")));
    }

    private static Security security(String text) {
        return switch (text) {
            case "none" -> Security.NONE;
            case "starttls" -> Security.STARTTLS;
            case "tls" -> Security.TLS;
            default -> throw new IllegalArgumentException("smtp.security is none, starttls or tls");
        };
    }
}

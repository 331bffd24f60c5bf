package org.almonry.identity;

import static java.util.Objects.requireNonNull;

import org.almonry.identity.SignInStore.NewLink;
import org.almonry.mail.MailKind;
import org.almonry.mail.MailTexts;
import org.almonry.mail.Mails;
import org.almonry.mail.NewMail;
import org.jdbi.v3.core.Jdbi;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/// Signing in by a one-time link.
public final class SignIn {
    /// Long enough for slow mail, short enough for a mailbox left open.
    static final Duration LINK_LIFE = Duration.ofMinutes(15);

    /// Links per address within the life of one; more is somebody filling a mailbox.
    static final int LINKS_MAX = 3;

    /// Links are kept for a day, to see afterwards what happened.
    private static final Duration LINK_KEPT = Duration.ofDays(1);

    private final Jdbi identity;
    private final SignInStore store;
    private final Users users;
    private final Sessions sessions;
    private final Mails mails;
    private final SignInLinks links;
    private final SecureRandom random;
    private final Clock clock;

    /// Signing in to the gateways that `links` leads to.
    public SignIn(
            Jdbi identity,
            Users users,
            Sessions sessions,
            Mails mails,
            SignInLinks links,
            SecureRandom random,
            Clock clock) {
        this.identity = requireNonNull(identity, "identity is null");
        this.store = new SignInStore(identity);
        this.users = requireNonNull(users, "users is null");
        this.sessions = requireNonNull(sessions, "sessions is null");
        this.mails = requireNonNull(mails, "mails is null");
        this.links = requireNonNull(links, "links is null");
        this.random = requireNonNull(random, "random is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /// Mails a link if the address belongs to somebody who may use the gateway. Says
    /// nothing, and does the same work whether or not it does, but for the mail itself.
    public void begin(String email, String language, String gateway) {
        byte[] address = Token.hash(Users.normalised(email));
        identity.useTransaction(handle -> {
            Instant now = clock.instant();
            if (store.countLocked(handle, address, now.minus(LINK_LIFE)) >= LINKS_MAX) {
                return;
            }
            Token token = Token.random(random);
            Optional<User> user = users.byEmail(email)
                    .filter(found -> !found.disabled() && found.role().mayUse(gateway));
            Instant expires = now.plus(LINK_LIFE);
            store.insert(
                    handle,
                    new NewLink(
                            token.hash(),
                            address,
                            user.map(User::id).orElse(null),
                            gateway,
                            now,
                            expires));
            user.ifPresent(found -> mails.queue(mail(found, language, gateway, token, expires)));
        });
    }

    /// Trades a link for a session. The link is used up even when its user was switched off
    /// since.
    Optional<Redeemed> redeem(String token, String gateway) {
        return identity.inTransaction(handle -> store.use(
                        handle, Token.hash(token), gateway, clock.instant())
                .flatMap(users::find)
                .filter(user -> !user.disabled() && user.role().mayUse(gateway))
                .map(user -> new Redeemed(user, sessions.open(user.id(), gateway))));
    }

    /// Forgets old links; returns how many.
    public int purge() {
        return store.purge(clock.instant().minus(LINK_KEPT));
    }

    private NewMail mail(User user, String language, String gateway, Token token, Instant expires) {
        MailTexts texts = MailTexts.of(language.isEmpty() ? user.language() : language);
        return new NewMail(
                MailKind.SIGN_IN,
                // One mail per link; the hash of a token tells nothing of it.
                "sign-in|" + HexFormat.of().formatHex(token.hash()),
                user.email(),
                texts.locale().getLanguage(),
                texts.text("sign-in.subject", links.instance()),
                texts.text(
                        "sign-in.body",
                        user.displayName(),
                        links.link(gateway, token),
                        LINK_LIFE.toMinutes()),
                expires);
    }

    /// A user who just signed in.
    record Redeemed(User user, Sessions.NewSession session) {}
}

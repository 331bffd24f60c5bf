package org.almonry.core;

import static java.util.Objects.requireNonNull;

import io.grpc.BindableService;

import org.almonry.audit.MailList;
import org.almonry.directory.Codes;
import org.almonry.directory.DirectoryRpc;
import org.almonry.directory.Memberships;
import org.almonry.directory.Nonprofits;
import org.almonry.directory.Projects;
import org.almonry.identity.AdminNotices;
import org.almonry.identity.IdentityJobs;
import org.almonry.identity.Sessions;
import org.almonry.identity.SignIn;
import org.almonry.identity.SignInLinks;
import org.almonry.identity.SignInRpc;
import org.almonry.identity.Supporters;
import org.almonry.identity.UserRpc;
import org.almonry.identity.Users;
import org.almonry.mail.MailJobs;
import org.almonry.mail.Mails;
import org.almonry.mail.Smtp;
import org.almonry.mail.SmtpConfig;

import java.util.List;

/// People and what they work on: users, sessions, mail, nonprofits and projects.
final class PeopleLayer {
    /// Key of the issuer that stands behind all money of the instance.
    private static final String HOSTER = "hoster";

    private static final String CODE_PREFIX = "CCT";

    final long hoster;
    final Mails mails;
    final Users users;
    final Sessions sessions;
    final SignIn signIn;
    final Supporters supporters;
    final Codes codes;
    final Nonprofits nonprofits;
    final Projects projects;
    final Memberships memberships;
    private final List<BindableService> services;
    private final String adminEmail;

    PeopleLayer(CoreConfig config, Foundation base) {
        requireNonNull(base, "base is null");
        var keys = config.source();
        var identity = base.databases.identity();
        var accounting = base.databases.accounting();
        hoster = base.ledger.openIssuer(HOSTER, config.hosterName());
        adminEmail = keys.text("admin.email", "");
        mails = new Mails(identity, base.ids, base.clock);
        users = new Users(identity, base.audit, base.ids, base.clock);
        sessions = new Sessions(identity, base.random, base.ids, base.clock);
        var links = SignInLinks.of(
                keys.text("links.public"), keys.text("links.admin"), config.hosterName());
        signIn = new SignIn(identity, users, sessions, mails, links, base.random, base.clock);
        supporters = new Supporters(identity, base.ids, base.clock);
        codes = new Codes(
                accounting, base.random, base.clock, keys.text("codes.prefix", CODE_PREFIX));
        nonprofits = new Nonprofits(accounting, base.audit, base.ids, base.clock);
        projects = new Projects(
                accounting, base.ledger, hoster, codes, base.audit, base.ids, base.clock);
        memberships = new Memberships(accounting, base.audit, base.clock);
        new AdminNotices(users, mails, base.clock).subscribeTo(base.outbox);
        var directoryRpc = new DirectoryRpc(
                nonprofits,
                projects,
                memberships,
                codes,
                users::namesOf,
                base.accountingIdempotency,
                config.home());
        services = List.of(
                directoryRpc,
                new SignInRpc(signIn, sessions, users),
                new UserRpc(users, base.identityIdempotency));
        var smtp = new Smtp(SmtpConfig.from(keys.section("smtp")));
        MailJobs.register(base.jobs, mails, smtp);
        IdentityJobs.register(base.jobs, signIn, sessions);
    }

    /// Reads the keys of this layer, and no more.
    static void check(CoreConfig config) {
        var keys = config.source();
        keys.text("admin.email", "");
        keys.text("links.public");
        keys.text("links.admin");
        keys.text("codes.prefix", CODE_PREFIX);
        SmtpConfig.from(keys.section("smtp"));
    }

    /// A new instance needs one person who can let others in.
    void start() {
        if (!adminEmail.isEmpty()) {
            users.ensureAdmin(adminEmail);
        }
    }

    /// Mail as the audit service lists it.
    List<MailList.Row> mailRows(String before, int size) {
        return mails.page(before, size).stream()
                .map(mail -> new MailList.Row(
                        mail.id(), mail.kind(), mail.state(), mail.createdAt(), mail.sentAt()))
                .toList();
    }

    List<BindableService> services() {
        return services;
    }
}

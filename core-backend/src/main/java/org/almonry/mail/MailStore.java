package org.almonry.mail;

import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/// SQL of schema `mail`.
final class MailStore {
    private static final String INSERT = """
        insert into mail.message
            (id, kind, dedupe_key, recipient, language, subject, body, state, next_try_at,
             expires_at, created_at)
        values (:id, :kind, :dedupe, :recipient, :language, :subject, :body, 'WAITING', :at,
                :expires, :at)
        on conflict do nothing
        """;

    private static final String PAGE = """
        select id, kind, state, created_at, sent_at
          from mail.message
         where :before = '' or id < :before
         order by id desc
         limit :size
        """;

    /// Claims by moving the next try away: a sender that dies leaves the mail for later.
    private static final String CLAIM = """
        update mail.message m
           set attempts = m.attempts + 1,
               next_try_at = cast(:now as timestamptz) + (:waits)[least(m.attempts + 1, :rounds)]
                                    * interval '1 second'
         where m.id in (select w.id
                          from mail.message w
                         where w.state = 'WAITING' and w.next_try_at <= :now
                         order by w.next_try_at
                         limit :size
                           for update skip locked)
        returning m.id, m.recipient, m.language, m.subject, m.body, m.attempts, m.expires_at,
                  m.created_at
        """;

    private static final String SENT = """
        update mail.message
           set state = 'SENT', sent_at = :at, body = ''
         where id = :id and state = 'WAITING'
        """;

    private static final String FAILED = """
        update mail.message
           set state = 'FAILED', body = ''
         where id = :id and state = 'WAITING'
        """;

    private static final String ERASE = """
        update mail.message
           set recipient = '', subject = ''
         where state <> 'WAITING' and created_at < :before and recipient <> ''
        """;

    private final Jdbi identity;

    MailStore(Jdbi identity) {
        this.identity = identity;
    }

    boolean insert(String id, NewMail mail, Instant at) {
        return identity.withHandle(handle -> handle.createUpdate(INSERT)
                        .bind("id", id)
                        .bind("kind", mail.kind().text())
                        .bind("dedupe", mail.dedupeKey())
                        .bind("recipient", mail.recipient())
                        .bind("language", mail.language())
                        .bind("subject", mail.subject())
                        .bind("body", mail.body())
                        .bind("at", at)
                        .bind("expires", mail.expiresAt())
                        .execute())
                == 1;
    }

    List<Mail> page(String before, int size) {
        return identity.withHandle(handle -> handle.createQuery(PAGE)
                .bind("before", before)
                .bind("size", size)
                .map((row, context) -> new Mail(
                        row.getString("id"),
                        row.getString("kind"),
                        row.getString("state").toLowerCase(java.util.Locale.ROOT),
                        instant(row, "created_at"),
                        row.getObject("sent_at") == null ? null : instant(row, "sent_at")))
                .list());
    }

    List<Due> claim(Instant now, Integer[] waitSeconds, int size) {
        return identity.withHandle(handle -> handle.createQuery(CLAIM)
                .bind("now", now)
                .bind("waits", waitSeconds)
                .bind("rounds", waitSeconds.length)
                .bind("size", size)
                .map(MailStore::due)
                .list());
    }

    void sent(String id, Instant at) {
        identity.useHandle(handle ->
                handle.createUpdate(SENT).bind("id", id).bind("at", at).execute());
    }

    void failed(String id) {
        identity.useHandle(handle -> handle.createUpdate(FAILED).bind("id", id).execute());
    }

    int erase(Instant before) {
        return identity.withHandle(
                handle -> handle.createUpdate(ERASE).bind("before", before).execute());
    }

    private static Due due(ResultSet row, StatementContext context) throws SQLException {
        return new Due(
                row.getString("id"),
                row.getString("recipient"),
                row.getString("language"),
                row.getString("subject"),
                row.getString("body"),
                row.getInt("attempts"),
                instant(row, "expires_at"),
                instant(row, "created_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /// A mail to be sent now.
    record Due(
            String id,
            String recipient,
            String language,
            String subject,
            String body,
            int attempts,
            Instant expiresAt,
            Instant createdAt) {
        @Override
        public String toString() {
            return "Due[" + id + "]";
        }
    }
}

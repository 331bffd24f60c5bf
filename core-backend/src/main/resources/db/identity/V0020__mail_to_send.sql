-- Why: mail is stored first and sent by a job, so that a crash or a mail server that is down loses
-- none. One row per occasion (dedupe key). The body goes when the mail is sent or given up, the
-- address 30 days later; what stays says only that there was a mail.
create table mail.message (
    id          text        primary key,
    kind        text        not null check (kind in ('sign-in', 'thank-you', 'fetch-report', 'alarm')),
    dedupe_key  text        not null unique,
    recipient   text        not null,
    language    text        not null,
    subject     text        not null,
    body        text        not null,
    state       text        not null check (state in ('WAITING', 'SENT', 'FAILED')),
    attempts    integer     not null default 0,
    next_try_at timestamptz not null,
    expires_at  timestamptz not null,
    created_at  timestamptz not null,
    sent_at     timestamptz,
    check ((sent_at is not null) = (state = 'SENT'))
);
create index message_waiting on mail.message (next_try_at) where state = 'WAITING';
create index message_created on mail.message (created_at, id);

grant select, insert on mail.message to identity_app;
grant update (recipient, subject, body, state, attempts, next_try_at, sent_at)
    on mail.message to identity_app;

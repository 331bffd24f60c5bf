-- Runs of fetching (C-010, C-012, C-015), where each provider's fetch goes on, and files that were
-- uploaded and wait for a yes. These rows are work in progress, not history: they may change.
create table accounting.fetch_run (
    id            text        collate "C" primary key,
    provider      text        not null,
    state         text        not null
        check (state in ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED')),
    trigger_kind  text        not null check (trigger_kind in ('schedule', 'retry', 'person')),
    pages         integer     not null default 0,
    entries       bigint      not null default 0,
    added         bigint      not null default 0,
    duplicates    bigint      not null default 0,
    booked        bigint      not null default 0,
    cause         text        not null default '',
    breaks        text[]      not null default '{}',
    -- failures in a row before and with this one; chooses the pause before the next try
    failures      integer     not null default 0,
    next_retry_at timestamptz,
    started_at    timestamptz not null,
    finished_at   timestamptz
);
-- one run at a time: a second click finds this one
create unique index fetch_run_active on accounting.fetch_run (provider)
 where state in ('QUEUED', 'RUNNING');
create index fetch_run_newest on accounting.fetch_run (provider, id);

create table accounting.fetch_cursor (
    provider text        primary key,
    cursor   text        not null,
    moved_at timestamptz not null
);

-- That a provider was called overdue, so that the admins hear of it once until it works again.
create table accounting.fetch_alarm (
    provider  text        not null,
    since     timestamptz not null,
    raised_at timestamptz not null,
    primary key (provider, since)
);

create table accounting.upload (
    id          text        collate "C" primary key,
    filename    text        not null,
    -- how to read columns, for CSV only
    mapping     text,
    uploaded_by text        not null,
    uploaded_at timestamptz not null
);

grant select, insert, update on accounting.fetch_run, accounting.fetch_cursor to accounting_app;
grant select, insert on accounting.fetch_alarm to accounting_app;
grant select, insert, delete on accounting.upload to accounting_app;

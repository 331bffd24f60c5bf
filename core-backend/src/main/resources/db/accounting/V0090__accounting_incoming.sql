-- What providers reported (C-011, C-017, C-019): each line exactly once, word for word, and never
-- changed. A statement remembers that a file was seen; an incoming row is a line that was new; a
-- sighting is a later statement that repeated a known line with something new to say about it (its
-- running balance), so that the next overlapping file still finds it.
create table accounting.statement (
    number       bigint generated always as identity primary key,
    account_id   text        not null,
    kind         text        not null check (kind in ('BOOKED', 'INTRADAY', 'NOTIFICATION')),
    format       text        not null,
    external_id  text        not null,
    page         integer     not null check (page >= 0),
    from_date    date        not null,
    to_date      date        not null,
    currency     text        not null,
    opening_minor bigint,
    closing_minor bigint,
    entries      bigint      not null check (entries >= 0),
    -- what the statement says in all, so that the same statement again is known at once
    fingerprint  uuid        not null,
    breaks       text[]      not null,
    source       text        not null,
    received_at  timestamptz not null,
    unique (account_id, fingerprint)
);
create index statement_chain on accounting.statement (account_id, from_date);
create index statement_latest on accounting.statement (account_id, to_date);

create table accounting.incoming (
    id                   text collate "C" primary key,
    account_id           text        not null,
    statement_number     bigint      not null references accounting.statement (number),
    -- place in that statement, oldest first
    position             bigint      not null,
    booking_date         date        not null,
    value_date           date,
    amount_minor         bigint      not null,
    currency             text        not null,
    counterparty_name    text        not null,
    counterparty_account text        not null,
    remittance           text        not null,
    entry_reference      text        not null,
    end_to_end_id        text        not null,
    bank_code            text        not null,
    raw                  text        not null,
    -- the account's balance after this line, by that statement; null when it cannot be known
    balance_minor        bigint,
    -- account, booking date and content; equal for genuine twins
    content_key          uuid        not null,
    -- account, provider's reference, date and amount; null without a reference
    reference_key        uuid,
    fetched_at           timestamptz not null
);
create unique index incoming_statement on accounting.incoming (statement_number, position);
create index incoming_content on accounting.incoming (content_key);
create index incoming_reference on accounting.incoming (reference_key)
 where reference_key is not null;
create index incoming_date on accounting.incoming (account_id, booking_date);

create table accounting.sighting (
    statement_number bigint not null references accounting.statement (number),
    position         bigint not null,
    incoming_id      text collate "C" not null references accounting.incoming (id),
    balance_minor    bigint,
    primary key (statement_number, position)
);
create index sighting_incoming on accounting.sighting (incoming_id);

-- Each place where a statement shows a line, whether it brought the line or repeated it.
create view accounting.seen as
select i.account_id, i.booking_date, i.id as incoming_id, i.content_key, i.amount_minor,
       i.statement_number, i.position, i.balance_minor
  from accounting.incoming i
union all
select i.account_id, i.booking_date, i.id, i.content_key, i.amount_minor,
       g.statement_number, g.position, g.balance_minor
  from accounting.sighting g
  join accounting.incoming i on i.id = g.incoming_id;

-- What the account held before the first line we know. The wish moves when an older statement
-- arrives; each row is the difference, posted by a process of its own.
create table accounting.opening (
    id               text        primary key,
    account_id       text        not null,
    statement_number bigint      not null references accounting.statement (number),
    delta_minor      bigint      not null check (delta_minor <> 0),
    effective_on     date        not null,
    decided_at       timestamptz not null
);
create index opening_account on accounting.opening (account_id);
create index opening_statement on accounting.opening (statement_number);

-- A statement is settled when all its new lines are in the ledger and were offered to the matcher.
-- What a crash leaves without this row is settled again; posting twice is one posting.
create table accounting.settlement (
    statement_number bigint      primary key references accounting.statement (number),
    settled_at       timestamptz not null
);

create trigger statement_append_only before update or delete or truncate
    on accounting.statement for each statement execute function audit.refuse_change();
create trigger incoming_append_only before update or delete or truncate
    on accounting.incoming for each statement execute function audit.refuse_change();
create trigger sighting_append_only before update or delete or truncate
    on accounting.sighting for each statement execute function audit.refuse_change();
create trigger opening_append_only before update or delete or truncate
    on accounting.opening for each statement execute function audit.refuse_change();
create trigger settlement_append_only before update or delete or truncate
    on accounting.settlement for each statement execute function audit.refuse_change();

grant select, insert on accounting.statement, accounting.incoming, accounting.sighting,
    accounting.opening, accounting.settlement to accounting_app;
grant select on accounting.seen to accounting_app;

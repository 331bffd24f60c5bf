-- Why: what somebody means to give, with one code for the whole selection (C-033), and what was
-- booked for it. The giver is an opaque id of the identity database, or nobody. Bookings come from
-- the outbox, at least once: each booking and each undoing is one row, whatever order they come in.
create table giving.pledge (
    id             text        primary key,
    request_key    text        not null unique,
    request_digest text        not null,
    token_hash     bytea       not null unique check (octet_length(token_hash) = 32),
    nonprofit_id   text        not null,
    account_id     text        not null,
    currency       text        not null,
    amount_minor   bigint      not null check (amount_minor > 0),
    code           text        not null unique,
    supporter_ref  text        not null,
    created_at     timestamptz not null
);
create index pledge_newest on giving.pledge (currency, id);
create index pledge_supporter on giving.pledge (supporter_ref) where supporter_ref <> '';

create table giving.pledge_item (
    pledge_id    text    not null references giving.pledge (id),
    position     integer not null check (position > 0),
    project_id   text    not null,
    milestone_id text    not null,
    amount_minor bigint  not null check (amount_minor > 0),
    primary key (pledge_id, position)
);

create table giving.pledge_booking (
    process_id   text        primary key,
    pledge_id    text        not null references giving.pledge (id),
    currency     text        not null,
    amount_minor bigint      not null check (amount_minor > 0),
    booked_at    timestamptz not null
);
create index pledge_booking_pledge on giving.pledge_booking (pledge_id);

create table giving.pledge_undoing (
    undone_process_id text        primary key,
    process_id        text        not null,
    undone_at         timestamptz not null
);

create trigger pledge_append_only before update or delete or truncate
    on giving.pledge for each statement execute function audit.refuse_change();
create trigger pledge_item_append_only before update or delete or truncate
    on giving.pledge_item for each statement execute function audit.refuse_change();
create trigger pledge_booking_append_only before update or delete or truncate
    on giving.pledge_booking for each statement execute function audit.refuse_change();
create trigger pledge_undoing_append_only before update or delete or truncate
    on giving.pledge_undoing for each statement execute function audit.refuse_change();

grant select, insert on giving.pledge, giving.pledge_item to accounting_app;
grant select, insert on giving.pledge_booking, giving.pledge_undoing to accounting_app;

-- Why: what people do with incoming lines. The outcome of every decision is a business process; here are
-- only the things that no process holds, and the views by which this package reads what became of its
-- lines. A view is the one place where it looks into the tables of others.

-- What a project's members think about a gift (C-039); a platform admin decides.
create table accounting.member_suggestion (
    id             text        primary key,
    transaction_id bigint      not null,
    incoming_ids   text[]      not null,
    project_id     text        not null,
    user_ref       text        not null,
    comment        text        not null,
    suggested_at   timestamptz not null
);
create index member_suggestion_incoming on accounting.member_suggestion using gin (incoming_ids);
create index member_suggestion_transaction on accounting.member_suggestion (transaction_id);

-- 1 base = rate quote (C-082a). numeric keeps the digits as they were published: 1.1300 stays 1.1300.
create table accounting.rate (
    number    bigint generated always as identity primary key,
    base      text        not null check (base ~ '^[A-Z0-9]{3,8}$'),
    quote     text        not null check (quote ~ '^[A-Z0-9]{3,8}$'),
    rate      numeric     not null check (rate > 0),
    source    text        not null,
    on_date   date        not null,
    added_by  text        not null,
    added_at  timestamptz not null,
    check (base <> quote),
    unique (base, quote, on_date, source)
);
create index rate_newest on accounting.rate (on_date, number);

-- Which transactions went out in which file (C-021). The range is decided before the file is written, so
-- that a crash in between leads to the same file again and never to a row in two files.
create table accounting.export (
    number      bigint generated always as identity primary key,
    channel     text        not null check (channel in ('FOLDER', 'DOWNLOAD')),
    after_id    bigint      not null,
    last_id     bigint      not null check (last_id > after_id),
    decided_by  text        not null,
    decided_at  timestamptz not null,
    finished_at timestamptz
);
create index export_newest on accounting.export (channel, last_id);
create unique index export_unfinished on accounting.export (channel) where finished_at is null;

create trigger member_suggestion_append_only before update or delete or truncate
    on accounting.member_suggestion for each statement execute function audit.refuse_change();
create trigger rate_append_only before update or delete or truncate
    on accounting.rate for each statement execute function audit.refuse_change();
create trigger export_never_deleted before delete or truncate
    on accounting.export for each statement execute function audit.refuse_change();

grant select, insert on accounting.member_suggestion, accounting.rate, accounting.export
    to accounting_app;
grant update (finished_at) on accounting.export to accounting_app;

-- The few lines that wait or were put aside, among the many that were booked.
create index process_incoming_open on process.process (state, subject)
    where kind = 'INCOMING' and state <> 'BOOKED';

-- Where a line stands: the state of its process, the number of its last step as version, and what that
-- step says (it names the booking).
create view accounting.standing as
select p.subject as incoming_id, p.id as process_id, p.state,
       coalesce(step.place, 0) as version, coalesce(step.detail, '') as detail,
       coalesce(substring(step.detail from 'prc_[0-9a-f]{32}'), '') as booking_id
  from process.process p
  left join lateral (
        select s.place, s.detail
          from process.process_step s
         where s.process_id = p.id
         order by s.place desc
         limit 1) step on true
 where p.kind = 'INCOMING';

-- Bookings, as decided.
create view accounting.booking as
select p.id as process_id, p.subject as incoming_id, p.state, p.details, p.opened_by, p.opened_at
  from process.process p
 where p.kind = 'BOOKING';

-- Gifts as the members of a project see them: what a booking brought to it, while it stands. The place
-- of a transaction in its request is the place of the part in the booking's details.
create view accounting.gift as
select t.id as transaction_id, d.owner as project_id, t.effective_on, t.amount_minor, d.currency,
       p.id as process_id, p.details, t.id - r.first_transaction_id as place
  from ledger.transaction t
  join ledger.coin d on d.id = t.destination_id and d.kind = 'PROJECT'
  join ledger.coin s on s.id = t.source_id and s.kind = 'INCOMING'
  join ledger.request r on r.id = t.request_id
  join process.process p on p.id = 'prc_' || replace(t.process_id::text, '-', '')
 where p.kind = 'BOOKING' and p.state = 'DONE';

-- One row per transaction for the certified books.
create view accounting.journal as
select t.id, t.effective_on, t.recorded_at, t.type,
       s.id as source_id, s.kind as source_kind, s.name as source_name,
       d.id as destination_id, d.kind as destination_kind, d.name as destination_name,
       t.amount_minor, s.currency, p.id as process_id, p.kind as process_kind,
       i.id as incoming_id, i.account_id, i.booking_date, i.counterparty_name,
       i.counterparty_account, i.remittance, i.entry_reference
  from ledger.transaction t
  join ledger.coin s on s.id = t.source_id
  join ledger.coin d on d.id = t.destination_id
  left join process.process p on p.id = 'prc_' || replace(t.process_id::text, '-', '')
  left join accounting.incoming i on i.id = p.subject;

create view accounting.journal_end as
select coalesce(max(id), 0) as last_id from ledger.transaction;

-- Which projects the money of an account number went to before.
create view accounting.payer as
select i.counterparty_account, i.id as incoming_id, b.details
  from accounting.incoming i
  join process.process b on b.subject = i.id and b.kind = 'BOOKING' and b.state = 'DONE'
 where i.counterparty_account <> '';

create index incoming_counterparty on accounting.incoming (counterparty_account, id)
    where counterparty_account <> '';

grant select on accounting.standing, accounting.booking, accounting.gift, accounting.journal,
    accounting.journal_end, accounting.payer to accounting_app;

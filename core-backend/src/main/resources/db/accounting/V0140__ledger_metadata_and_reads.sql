-- Why: notes on coins and transactions with their whole history, and what the reads by date of effect need.

-- The newest row of a target and key counts; an empty value takes the item away.
create table ledger.metadata (
  id bigint generated always as identity primary key,
  target text collate "C" not null check (target ~ '^(coin|txn)_[1-9][0-9]{0,17}$'),
  key text collate "C" not null check (key ~ '^[a-z0-9][a-z0-9._-]{0,63}$'),
  value text not null check (length(value) <= 1000),
  set_at timestamptz not null,
  set_by text not null
);

create index metadata_target on ledger.metadata (target, key, id);
create index metadata_value on ledger.metadata using hash (value);

create trigger append_only before update or delete or truncate on ledger.metadata
  for each statement execute function audit.refuse_change();

grant select, insert on ledger.metadata to accounting_app;

-- "Which legs took effect on the other side of this day than they were recorded?" A leg spans the days between its
-- two dates; each coin has a stretch of numbers of its own, so that one index answers for coin and day at once.
create index backdated_span on ledger.backdated using gist (int8range(
  coin_id * 4194304 + (least(effective_on, recorded_on) - date '0001-01-01'),
  coin_id * 4194304 + (greatest(effective_on, recorded_on) - date '0001-01-01')));

create index backdated_effective on ledger.backdated (coin_id, effective_on, transaction_id);

-- What the reads of the ledger may know of processes: their kind.
create view ledger.process_kind as
select id as process_id, kind
  from process.process;

grant select on ledger.process_kind to accounting_app;

-- The holds of a coin, resolved ones too.
create index hold_coin on ledger.hold (coin_id, id);

-- What full verifications found, and when.
create table ledger.verification (
  id bigint generated always as identity primary key,
  started_at timestamptz not null,
  ended_at timestamptz not null,
  transactions bigint not null,
  faults text[] not null
);

create trigger append_only before update or delete or truncate on ledger.verification
  for each statement execute function audit.refuse_change();

grant select, insert on ledger.verification to accounting_app;

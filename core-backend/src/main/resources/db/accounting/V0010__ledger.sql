-- Why: the books. A transaction is one row with both legs, so that it balances by its form. The application role
-- may insert transactions and nothing else: the balances of the coins are moved by the trigger below, which
-- first proves that each row follows from the rows before it.

create table ledger.issuer (
  id bigint generated always as identity primary key,
  key text collate "C" not null unique,
  name text not null,
  opened_at timestamptz not null
);

create table ledger.coin (
  id bigint generated always as identity primary key,
  issuer_id bigint not null references ledger.issuer,
  currency text collate "C" not null check (currency ~ '^[A-Z0-9]{3,8}$'),
  currency_scale smallint not null check (currency_scale between 0 and 9),
  kind text collate "C" not null
    check (kind in ('ISSUING', 'INCOMING', 'PROJECT', 'OVERHEAD', 'POT')),
  name text not null,
  owner text collate "C" not null,
  may_overdraw boolean not null generated always as (kind in ('ISSUING', 'INCOMING')) stored,
  balance bigint not null default 0,
  held bigint not null default 0 check (held >= 0),
  credit_limit bigint not null default 0 check (credit_limit >= 0),
  seq bigint not null default 0 check (seq >= 0),
  opened_at timestamptz not null,
  closed_at timestamptz,
  unique (issuer_id, currency, kind, owner),
  constraint coin_not_overdrawn check (may_overdraw or balance - held + credit_limit >= 0),
  constraint coin_closed_empty check (closed_at is null or (balance = 0 and held = 0))
) with (fillfactor = 50); -- room for updates in place

create index coin_owner on ledger.coin (owner);

-- Coins are not referenced by foreign keys here: the trigger finds both coins of every row, set-wise, which
-- costs a fraction of two look-ups per row.
create table ledger.transaction (
  id bigint primary key,
  request_id uuid not null,
  process_id uuid not null,
  type smallint not null,
  effective_on date not null,
  source_id bigint not null,
  destination_id bigint not null,
  amount_minor bigint not null check (amount_minor > 0),
  source_seq bigint not null,
  source_after bigint not null,
  destination_seq bigint not null,
  destination_after bigint not null,
  recorded_at timestamptz not null,
  check (source_id <> destination_id)
);

create index transaction_source on ledger.transaction (source_id, id);
create index transaction_destination on ledger.transaction (destination_id, id);
create index transaction_process on ledger.transaction (process_id);

-- What was asked, once and for ever: the same id with the same input gets the same answer.
create table ledger.request (
  id uuid primary key,
  digest bytea not null check (octet_length(digest) = 32),
  process_id uuid not null,
  first_transaction_id bigint not null,
  transactions int not null check (transactions >= 0),
  batch_number bigint not null
);

create table ledger.batch (
  shard smallint not null,
  number bigint not null,
  epoch bigint not null,
  first_transaction_id bigint not null,
  transactions int not null check (transactions >= 0),
  requests int not null check (requests > 0),
  recorded_at timestamptz not null,
  primary key (shard, number)
);

-- Who writes (owner, epoch) and how far the books have come. Each batch moves it by compare-and-set, so a writer
-- that was replaced can never commit.
create table ledger.head (
  shard smallint primary key,
  owner text not null default '',
  epoch bigint not null,
  batch_number bigint not null,
  last_transaction_id bigint not null,
  recorded_at timestamptz not null
) with (fillfactor = 10);

insert into ledger.head (shard, epoch, batch_number, last_transaction_id, recorded_at)
values (0, 0, 0, 0, '1970-01-01T00:00:00Z');

create view ledger.entry with (security_invoker = true) as
  select source_id as coin_id, source_seq as seq, id as transaction_id, type,
         destination_id as other_coin_id, -amount_minor as amount_minor,
         source_after as balance_after, request_id, process_id, effective_on, recorded_at
    from ledger.transaction
   union all
  select destination_id, destination_seq, id, type,
         source_id, amount_minor,
         destination_after, request_id, process_id, effective_on, recorded_at
    from ledger.transaction;

-- New coins are empty; their balance comes from transactions only.
create function ledger.coin_starts_empty() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if exists (select 1 from opened
              where balance <> 0 or held <> 0 or seq <> 0 or credit_limit <> 0) then
    raise exception 'a coin starts empty' using errcode = 'AL101';
  end if;
  return null;
end
$$;

create trigger starts_empty after insert on ledger.coin
  referencing new table as opened
  for each statement execute function ledger.coin_starts_empty();

-- A balance that changes outside of the trigger on ledger.transaction is refused, for the owner too.
create function ledger.coin_moves_by_transactions() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception 'the balance of a coin follows from its transactions' using errcode = 'AL102';
end
$$;

create trigger moves_by_transactions
  before update of balance, seq, issuer_id, currency, currency_scale, kind on ledger.coin
  for each row when (pg_trigger_depth() = 0)
  execute function ledger.coin_moves_by_transactions();

-- Proves a batch of new rows against the coins and moves these. All checks are over sets:
--   1. both coins exist, are open, and have one issuer and one currency (so the sum per issuer and currency
--      stays zero), their kinds fit the type, and no row leaves a coin overdrawn that may not be;
--   2. per coin, the new rows continue its sequence without a gap and each balance follows from the one before;
--   3. the first of them follows from the coin as it is now, and the coin becomes what the last one says.
-- AL110 tells the writer that its picture of the coins is old: it loads them again and judges anew.
-- The plan is kept from the first batch, which may be tiny; a plan that suits two rows can take minutes for
-- thousands. So it is given no choice: `offset 0` and the settings leave look-ups of coins by their key.
create function ledger.prove_and_move() returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
  set enable_hashjoin = off
  set enable_mergejoin = off
  set enable_seqscan = off
as $$
declare
  given bigint;
  sound bigint;
  coins bigint;
  moved bigint;
begin
  select count(*) into given from posted;
  if given = 0 then
    return null;
  end if;

  select count(*) into sound
    from posted t
   cross join lateral (select c.issuer_id, c.currency, c.currency_scale, c.kind, c.closed_at,
                              c.may_overdraw, c.held, c.credit_limit
                         from ledger.coin c
                        where c.id = t.source_id
                       offset 0) s
   cross join lateral (select c.issuer_id, c.currency, c.currency_scale, c.kind, c.closed_at
                         from ledger.coin c
                        where c.id = t.destination_id
                       offset 0) d
   where s.issuer_id = d.issuer_id
     and s.currency = d.currency
     and s.currency_scale = d.currency_scale
     and s.closed_at is null
     and d.closed_at is null
     and (s.may_overdraw or t.source_after - s.held + s.credit_limit >= 0)
     and case t.type
           when 1 then s.kind = 'ISSUING' and d.kind <> 'ISSUING'
           when 2 then s.kind <> 'ISSUING' and d.kind = 'ISSUING'
           when 3 then s.kind <> 'ISSUING' and d.kind <> 'ISSUING'
           when 4 then s.kind <> 'ISSUING' and d.kind = 'OVERHEAD'
           else false
         end;
  if sound <> given then
    raise exception 'unbalanced: % of % transactions do not fit their coins', given - sound, given
      using errcode = 'AL110';
  end if;

  with leg as (
    select source_id as coin_id, source_seq as seq, source_after as after, -amount_minor as delta
      from posted
     union all
    select destination_id, destination_seq, destination_after, amount_minor
      from posted
  ), linked as (
    select coin_id, seq, after, delta,
           lag(seq) over by_seq as seq_before,
           lag(after) over by_seq as after_before,
           lead(seq) over by_seq as seq_next
      from leg
    window by_seq as (partition by coin_id order by seq)
  ), run as (
    select coin_id,
           min(seq) as first_seq,
           max(seq) as last_seq,
           min(after - delta) filter (where seq_before is null) as opening,
           min(after) filter (where seq_next is null) as closing,
           bool_and(seq_before is null
                    or (seq = seq_before + 1 and after = after_before + delta)) as follows
      from linked
     group by coin_id
  ), done as (
    update ledger.coin c
       set balance = run.closing, seq = run.last_seq
      from run
     where c.id = run.coin_id
       and c.seq = run.first_seq - 1
       and c.balance = run.opening
       and c.closed_at is null
       and run.follows
    returning 1
  )
  select (select count(*) from run), (select count(*) from done) into coins, moved;
  if moved <> coins then
    raise exception 'unbalanced: the rows of % of % coins do not follow from their past',
      coins - moved, coins
      using errcode = 'AL110';
  end if;
  return null;
end
$$;

create trigger prove_and_move after insert on ledger.transaction
  referencing new table as posted
  for each statement execute function ledger.prove_and_move();

create trigger append_only before update or delete or truncate on ledger.transaction
  for each statement execute function audit.refuse_change();
create trigger append_only before update or delete or truncate on ledger.request
  for each statement execute function audit.refuse_change();
create trigger append_only before update or delete or truncate on ledger.batch
  for each statement execute function audit.refuse_change();
create trigger never_deleted before delete or truncate on ledger.coin
  for each statement execute function audit.refuse_change();
create trigger never_deleted before delete or truncate on ledger.head
  for each statement execute function audit.refuse_change();
create trigger append_only before update or delete or truncate on ledger.issuer
  for each statement execute function audit.refuse_change();

grant select, insert on ledger.issuer, ledger.transaction, ledger.request, ledger.batch
  to accounting_app;
grant select on ledger.coin, ledger.head, ledger.entry to accounting_app;
grant insert (issuer_id, currency, currency_scale, kind, name, owner, opened_at) on ledger.coin to accounting_app;
grant update (closed_at) on ledger.coin to accounting_app;
grant update (owner, epoch, batch_number, last_transaction_id, recorded_at) on ledger.head
  to accounting_app;

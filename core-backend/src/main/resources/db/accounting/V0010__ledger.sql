-- Why: the books. A transaction is one row with both legs, so that it balances by its form. The application role
-- writes history by one function, a whole batch at a time: no transaction without its request, batch and chain.
-- Coins and holds are moved by the trigger below, which first proves that each row follows from the rows before it.

create table ledger.issuer (
  id bigint generated always as identity primary key,
  key text collate "C" not null unique,
  name text not null,
  opened_at timestamptz not null
);

create sequence ledger.coin_id;

-- Checked when a value is given, not at each change of a balance.
create domain ledger.currency as text collate "C" check (value ~ '^[A-Z0-9]{3,8}$');
create domain ledger.coin_kind as text collate "C"
  check (value in ('SYSTEM', 'HOSTER', 'PROVIDER', 'NONPROFIT', 'PROJECT', 'MEMBER', 'COMMISSION', 'CLEARING',
                   'TRANSIT', 'ISSUING', 'INCOMING', 'OVERHEAD', 'POT'));
create domain ledger.scale as smallint check (value between 0 and 9);

-- `label` tells apart the coins of one owner, kind and currency; the main one has none.
create table ledger.coin (
  id bigint primary key default nextval('ledger.coin_id'),
  issuer_id bigint not null references ledger.issuer,
  currency ledger.currency not null,
  currency_scale ledger.scale not null,
  kind ledger.coin_kind not null,
  name text not null,
  owner text collate "C" not null,
  label text collate "C" not null default '',
  balance bigint not null default 0,
  held bigint not null default 0,
  credit_limit bigint not null default 0,
  seq bigint not null default 0,
  opened_at timestamptz not null,
  closed_at timestamptz,
  frozen_at timestamptz,
  unique (issuer_id, currency, kind, owner, label),
  -- One check, for each is parsed anew by every batch.
  constraint coin_sound check (held >= 0 and credit_limit >= 0
                               and (kind in ('ISSUING', 'INCOMING') or balance - held + credit_limit >= 0)
                               and (closed_at is null or (balance = 0 and held = 0)))
) with (fillfactor = 50); -- room for updates in place

create index coin_owner on ledger.coin (owner);

-- Coins are not referenced by foreign keys here: the trigger finds both coins of every row, set-wise, which
-- costs a fraction of two look-ups per row; for the same reason it judges what else would be a check. Rows of type
-- authorization, reversal, hold and balance have one leg: they change what is held, or nothing. What is absent takes no room.
create table ledger.transaction (
  id bigint not null,
  source_id bigint not null,
  source_seq bigint not null,
  source_after bigint not null,
  destination_id bigint,
  destination_seq bigint,
  destination_after bigint,
  amount_minor bigint not null,
  recorded_at timestamptz not null,
  held_change bigint,
  hold_id bigint,
  corrects bigint,
  expires_at timestamptz,
  intended_id bigint, -- what is authorized is meant for this coin
  request_id uuid not null,
  process_id uuid,
  effective_on date not null,
  type smallint not null,
  primary key (id)
) partition by range (id);

create index transaction_source on ledger.transaction (source_id, id);
create index transaction_destination on ledger.transaction (destination_id, id) where destination_id is not null;
create index transaction_process on ledger.transaction (process_id) where process_id is not null;
create index transaction_hold on ledger.transaction (hold_id) where hold_id is not null;

-- What was asked, once and for ever: the same id with the same input gets the same answer. Not partitioned, so
-- that an id is unique however old it is; ids grow with time, so the index is written at its end.
create table ledger.request (
  id uuid primary key,
  first_transaction_id bigint not null,
  batch_number bigint not null,
  transactions int not null,
  digest bytea not null
);

-- One commit of the writer. `root` and `request_root` are the Merkle roots of its transactions and requests,
-- `chain` the hash of all of this with the chain of the batch before.
create table ledger.batch (
  shard smallint not null,
  number bigint not null,
  epoch bigint not null,
  first_transaction_id bigint not null,
  transactions int not null,
  requests int not null,
  recorded_at timestamptz not null,
  root bytea not null,
  request_root bytea not null,
  chain bytea not null,
  primary key (shard, number)
);

create index batch_first on ledger.batch (first_transaction_id);
create index batch_recorded on ledger.batch (recorded_at);

-- Who writes (owner, epoch), whether it is alive (beat_at), and how far the books have come. Each batch moves it
-- by compare-and-set, so a writer that was replaced can never commit. While halted_at is set, nobody can.
create table ledger.head (
  shard smallint primary key,
  owner text not null default '',
  epoch bigint not null,
  backend_pid int not null default 0,
  beat_at timestamptz not null default '-infinity',
  batch_number bigint not null,
  last_transaction_id bigint not null,
  recorded_at timestamptz not null,
  chain bytea not null,
  halted_at timestamptz
) with (fillfactor = 10);

insert into ledger.head (shard, epoch, batch_number, last_transaction_id, recorded_at, chain)
values (0, 0, 0, 0, '1970-01-01T00:00:00Z', decode(repeat('00', 32), 'hex'));

-- Amounts set aside. The id is that of the transaction that reserved. Written by the trigger alone.
create table ledger.hold (
  id bigint primary key,
  coin_id bigint not null,
  destination_id bigint,
  type smallint not null check (type in (8, 9, 14)),
  amount_minor bigint not null check (amount_minor > 0),
  remaining_minor bigint not null check (remaining_minor between 0 and amount_minor),
  captured_minor bigint not null default 0 check (captured_minor >= 0),
  state text collate "C" not null check (state in ('OPEN', 'CAPTURED', 'REVERSED', 'EXPIRED')),
  expires_at timestamptz,
  opened_at timestamptz not null,
  resolved_at timestamptz,
  check ((state = 'OPEN') = (remaining_minor > 0)),
  check (captured_minor + remaining_minor <= amount_minor)
) with (fillfactor = 80);

create index hold_open on ledger.hold (coin_id) where state = 'OPEN';
create index hold_expiry on ledger.hold (expires_at) where state = 'OPEN';

-- Which transaction was corrected by which; at most once.
create table ledger.correction (
  corrected_id bigint primary key,
  transaction_id bigint not null
);

-- Legs whose date of effect is not the day on which they were recorded (in UTC): a balance as of a date of effect
-- is the recorded one, mended by these.
create table ledger.backdated (
  coin_id bigint not null,
  transaction_id bigint not null,
  effective_on date not null,
  recorded_on date not null,
  change_minor bigint not null,
  primary key (coin_id, transaction_id)
);

-- Days up to which an issuer's books are closed; only ever later.
create table ledger.period (
  issuer_id bigint not null references ledger.issuer,
  closed_to date not null,
  closed_at timestamptz not null,
  closed_by text not null,
  primary key (issuer_id, closed_to)
);

create view ledger.entry with (security_invoker = true) as
  select source_id as coin_id, source_seq as seq, id as transaction_id, type,
         destination_id as other_coin_id,
         case when destination_id is null then 0 else -amount_minor end as amount_minor,
         source_after as balance_after, coalesce(held_change, 0) as held_change, hold_id,
         request_id, process_id, effective_on, recorded_at
    from ledger.transaction
   union all
  select destination_id, destination_seq, id, type,
         source_id, amount_minor,
         destination_after, 0, hold_id,
         request_id, process_id, effective_on, recorded_at
    from ledger.transaction
   where destination_id is not null;

-- New coins are empty; their balance comes from transactions only.
create function ledger.coin_starts_empty() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if exists (select 1 from opened
              where id <= 0 or balance <> 0 or held <> 0 or seq <> 0 or credit_limit <> 0
                 or closed_at is not null or frozen_at is not null) then
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
  if pg_trigger_depth() = 1 then
    raise exception 'what a coin holds follows from its transactions' using errcode = 'AL102';
  end if;
  return null;
end
$$;

create trigger moves_by_transactions
  before update of balance, held, seq, issuer_id, currency, currency_scale, kind, owner, label on ledger.coin
  for each statement execute function ledger.coin_moves_by_transactions();
create trigger moves_by_transactions
  before insert or update on ledger.hold
  for each statement execute function ledger.coin_moves_by_transactions();

-- Closes an empty coin, for ever: the application role can close, and cannot open again.
create function ledger.close_coin(p_id bigint, p_at timestamptz) returns boolean
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  update ledger.coin
     set closed_at = p_at
   where id = p_id
     and closed_at is null
     and balance = 0
     and held = 0;
  return found;
end
$$;

-- Makes the caller the owner, in a new epoch, so that nobody before it can commit: if it is the owner already, or, unless
-- it only resolves a doubt of its own, if the owner has given no sign for three seconds.
create function ledger.own(p_owner text, p_resolves boolean)
  returns table (epoch bigint, batch_number bigint, last_transaction_id bigint, recorded_at timestamptz, chain bytea)
  language sql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
  update ledger.head h
     set epoch = h.epoch + 1, owner = p_owner, backend_pid = pg_backend_pid(), beat_at = clock_timestamp()
   where h.shard = 0
     and (h.owner = p_owner or (not p_resolves and h.beat_at < clock_timestamp() - interval '3 seconds'))
  returning h.epoch, h.batch_number, h.last_transaction_id, h.recorded_at, h.chain
$$;

-- Tomorrow counts as over, for the sake of those who live east of UTC; a typing mistake may not close years.
create function ledger.period_closes_later() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if exists (select 1 from closed where closed_to > (clock_timestamp() at time zone 'UTC')::date + 1) then
    raise exception 'a period is closed once it is over' using errcode = 'AL105';
  end if;
  if exists (select 1
               from closed n
               join ledger.period p on p.issuer_id = n.issuer_id and p.closed_to > n.closed_to) then
    raise exception 'a closed period is not opened again' using errcode = 'AL103';
  end if;
  return null;
end
$$;

create trigger closes_later after insert on ledger.period
  referencing new table as closed
  for each statement execute function ledger.period_closes_later();

-- Proves a batch of new rows against the coins and moves these. All checks are over sets:
--   1. the form of each row fits its type;
--   2. no row takes effect in a closed period;
--   3. holds are spent at most once, in time, by their own coin, and for their own destination;
--   4. what is corrected was the opposite, and was not corrected before;
--   5. per coin, the new rows continue its sequence without a gap, each balance follows from the one before, and
--      no debit and no hold leaves less than nothing available where that may not be;
--   6. the first of them follows from the coin as it is now, which is open and not frozen, and the coin becomes what
--      the last one says;
--   7. the coins of a row have one issuer and one currency (so the sum per issuer and currency stays zero), and
--      their kinds fit the type.
-- AL110 tells the writer that its picture of the books is old: it loads them again and judges anew.
-- The plan is kept from the first batch, which may be tiny; a plan that suits two rows can take minutes for
-- thousands. So it is given no choice: in here sets are joined by hash, and of what grows with the books only the rows
-- of an array of keys are read.
create function ledger.prove_and_move() returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
  set enable_hashjoin = on
  set enable_nestloop = off
  set work_mem = '32MB'
as $$
declare
  given bigint;
  plain bigint;
  with_hold bigint;
  correcting bigint;
  backdated bigint;
  periods boolean;
  sound bigint;
  coins bigint;
  moved bigint;
begin
  select count(*),
         count(*) filter (where t.type between 1 and 4 and t.amount_minor > 0 and t.destination_id <> t.source_id
                            and num_nulls(t.hold_id, t.held_change, t.expires_at, t.intended_id) = 4),
         count(t.hold_id), count(t.corrects),
         count(*) filter (where t.effective_on <> (t.recorded_at at time zone 'UTC')::date),
         exists (select 1 from ledger.period)
    into given, plain, with_hold, correcting, backdated, periods
    from posted t;

  -- What is rare has statements of its own: each costs even a batch of one row the time to start.
  if plain <> given then
    select count(*) into sound
      from posted t
     where (t.destination_id is null) = (t.type in (7, 8, 9, 12, 13, 14))
       and num_nulls(t.destination_id, t.destination_seq, t.destination_after) in (0, 3)
       and t.source_id is distinct from t.destination_id
       and t.type between 1 and 14
       and (t.type <> 5 or t.destination_seq = 1)
       and (t.type <> 6 or t.source_after = 0)
       and (t.type = 7) <= (t.amount_minor = 0)
       and (t.amount_minor > 0 or (t.amount_minor = 0 and t.type in (6, 7)))
       and (t.type in (8, 9) or num_nulls(t.expires_at, t.intended_id) = 2)
       and (t.corrects is null or t.type < 5)
       and case
             when t.type < 8 then num_nulls(t.hold_id, t.held_change) = 2
             when t.type in (8, 9, 14) then t.hold_id = t.id and t.held_change = t.amount_minor
             when t.type in (10, 11) then t.hold_id < t.id and t.held_change <= -t.amount_minor
             else t.hold_id < t.id and t.held_change = -t.amount_minor
           end;
    if sound <> given then
      raise exception 'unbalanced: % of % transactions do not fit their type', given - sound, given
        using errcode = 'AL110';
    end if;
  end if;

  if periods and exists (
       with day as (select distinct t.source_id, t.effective_on from posted t)
       select 1
         from day
         join ledger.coin c on c.id = day.source_id and c.id = any (array(select source_id from day))
         join ledger.period p on p.issuer_id = c.issuer_id and p.closed_to >= day.effective_on) then
    raise exception 'the period is closed' using errcode = 'AL110';
  end if;

  if with_hold > 0 then
    insert into ledger.hold (id, coin_id, destination_id, type, amount_minor, remaining_minor, state, expires_at,
                             opened_at)
    select t.id, t.source_id, t.intended_id, t.type, t.amount_minor, t.amount_minor, 'OPEN', t.expires_at,
           t.recorded_at
      from posted t
     where t.type in (8, 9, 14);
    with spent as (
      select t.hold_id, t.source_id, sum(-t.held_change) as released, max(t.recorded_at) as at,
             coalesce(sum(t.amount_minor) filter (where t.type in (10, 11)), 0) as captured,
             bool_or(t.type in (10, 11)) as captures,
             (array_agg(t.type order by t.id desc))[1] in (10, 11) as ends_captured,
             min(t.destination_id) as least_destination, max(t.destination_id) as last_destination,
             bool_or(t.type in (11, 13)) as commissions,
             bool_and(t.type in (11, 13)) as only_commissions
        from posted t
       where t.type between 10 and 13
       group by t.hold_id, t.source_id
    ), done as (
      update ledger.hold h
         set remaining_minor = h.remaining_minor - spent.released,
             captured_minor = h.captured_minor + spent.captured,
             state = case
                       when spent.released < h.remaining_minor then 'OPEN'
                       when spent.ends_captured then 'CAPTURED'
                       when h.expires_at <= spent.at then 'EXPIRED'
                       else 'REVERSED'
                     end,
             resolved_at = case when spent.released < h.remaining_minor then null else spent.at end
        from spent
       where h.id = spent.hold_id
         and h.id = any (array(select hold_id from spent))
         and h.coin_id = spent.source_id
         and h.state = 'OPEN'
         and h.remaining_minor >= spent.released
         and (not spent.captures or (h.type <> 14 and (h.expires_at is null or h.expires_at > spent.at)))
         and coalesce(spent.least_destination = h.destination_id, true)
         and coalesce(spent.last_destination = h.destination_id, true)
         and spent.commissions = (h.type = 9)
         and spent.only_commissions = (h.type = 9)
      returning 1
    )
    select (select count(*) from spent), (select count(*) from done) into coins, moved;
    if moved <> coins then
      raise exception 'unbalanced: % of % holds cannot be spent so', coins - moved, coins
        using errcode = 'AL110';
    end if;
  end if;

  if correcting > 0 then
    select count(*) into sound
      from posted t
      join ledger.transaction o
        on o.id = t.corrects
       and o.id = any (array(select corrects from posted))
     where o.id < t.id
       and o.source_id = t.destination_id
       and o.destination_id = t.source_id
       and o.amount_minor = t.amount_minor;
    if sound <> correcting then
      raise exception 'unbalanced: % of % corrections do not fit', correcting - sound, correcting
        using errcode = 'AL110';
    end if;
    insert into ledger.correction (corrected_id, transaction_id)
    select t.corrects, t.id from posted t where t.corrects is not null;
  end if;

  if backdated > 0 then
    insert into ledger.backdated (coin_id, transaction_id, effective_on, recorded_on, change_minor)
    select leg.coin_id, t.id, t.effective_on, (t.recorded_at at time zone 'UTC')::date, leg.change
      from posted t
     cross join lateral (values (t.source_id, -t.amount_minor), (t.destination_id, t.amount_minor))
                        leg (coin_id, change)
     where t.destination_id is not null
       and t.effective_on <> (t.recorded_at at time zone 'UTC')::date;
  end if;

  with leg as (
    select source_id as coin_id, source_seq as seq, source_after as after,
           case when destination_id is null then 0 else -amount_minor end as delta,
           held_change, true as is_source,
           case when type = 6 then recorded_at end as closes
      from posted
     union all
    select destination_id, destination_seq, destination_after, amount_minor, null, false, null
      from posted
     where destination_id is not null
  ), linked as (
    select coin_id, seq, after, delta, held_change, is_source, closes,
           lag(seq) over by_seq as seq_before,
           lag(after) over by_seq as after_before,
           lead(seq) over by_seq as seq_next,
           (sum(held_change) over by_seq)::bigint as held
      from leg
    window by_seq as (partition by coin_id order by seq rows unbounded preceding)
  ), run as (
    select coin_id,
           min(seq) as first_seq,
           max(seq) as last_seq,
           min(after - delta) filter (where seq_before is null) as opening,
           min(after) filter (where seq_next is null) as closing,
           coalesce(sum(held_change)::bigint, 0) as held,
           coalesce(min(held), 0) as least_held,
           min(after - coalesce(held, 0)) filter (where is_source) as least_available,
           max(closes) as closes,
           bool_and(seq_before is null
                    or (seq = seq_before + 1 and after = after_before + delta)) as follows
      from linked
     group by coin_id
  ), moved as (
    update ledger.coin c
       set balance = run.closing, seq = run.last_seq, held = c.held + run.held, closed_at = run.closes
      from run
     where c.id = run.coin_id
       and c.id = any (array(select coin_id from run))
       and c.seq = run.first_seq - 1
       and c.balance = run.opening
       and c.held + run.least_held >= 0
       and (c.kind in ('ISSUING', 'INCOMING') or run.least_available is null
            or run.least_available - c.held + c.credit_limit >= 0)
       and c.closed_at is null
       and c.frozen_at is null
       and run.follows
    returning c.id, c.issuer_id, c.currency, c.currency_scale, c.kind = 'ISSUING' as issues,
              c.kind in ('COMMISSION', 'OVERHEAD') as takes_commission
  )
  select (select count(*) from run), (select count(*) from moved),
         count(*) filter (
           where (t.type = 7 or s.issues = (t.type = 1))
             and (t.destination_id is null
                  or (d.issues = (t.type = 2) and (t.type not in (4, 11) or d.takes_commission)
                      and d.issuer_id = s.issuer_id and d.currency = s.currency
                      and d.currency_scale = s.currency_scale)))
    into coins, moved, sound
    from posted t
    join moved s on s.id = t.source_id
    left join moved d on d.id = t.destination_id;
  if moved <> coins then
    raise exception 'unbalanced: the rows of % of % coins do not follow from their past',
      coins - moved, coins
      using errcode = 'AL110';
  end if;
  if sound <> given then
    raise exception 'unbalanced: % of % transactions do not fit their coins', given - sound, given
      using errcode = 'AL110';
  end if;
  return null;
end
$$;

create trigger prove_and_move after insert on ledger.transaction
  referencing new table as posted
  for each statement execute function ledger.prove_and_move();

-- Writes one batch in one round trip: head by compare-and-set, batch, transactions, requests. The arrays of rare
-- columns may be empty; zero stands for "none" in them. A destination without a number is only intended. AL120:
-- another writer has taken over. AL130: value movement is stopped. It runs as the owner, because the application role may write these tables in no other way.
create function ledger.post_batch(
    p_epoch bigint, p_number bigint, p_first bigint, p_at timestamptz, p_root bytea, p_request_root bytea,
    p_chain bytea,
    r_ids uuid[], r_digests bytea[], r_firsts bigint[], r_counts int[], r_processes uuid[], r_days int[],
    t_requests int[], t_types int[], t_sources bigint[], t_destinations bigint[], t_amounts bigint[],
    t_source_seqs bigint[], t_source_afters bigint[], t_destination_seqs bigint[], t_destination_afters bigint[],
    t_held_changes bigint[], t_holds bigint[], t_corrects bigint[], t_expiries timestamptz[]) returns void
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  update ledger.head
     set batch_number = p_number, last_transaction_id = p_first + cardinality(t_types) - 1, recorded_at = p_at,
         chain = p_chain, beat_at = clock_timestamp()
   where shard = 0
     and epoch = p_epoch
     and batch_number = p_number - 1
     and last_transaction_id = p_first - 1
     and recorded_at <= p_at
     and halted_at is null;
  if not found then
    if exists (select 1 from ledger.head where shard = 0 and halted_at is not null) then
      raise exception 'value movement is stopped' using errcode = 'AL130';
    end if;
    raise exception 'another writer has taken over the books' using errcode = 'AL120';
  end if;
  insert into ledger.batch (shard, number, epoch, first_transaction_id, transactions, requests, recorded_at,
                            root, request_root, chain)
  values (0, p_number, p_epoch, p_first, cardinality(t_types), cardinality(r_ids), p_at,
          p_root, p_request_root, p_chain);
  insert into ledger.request (id, first_transaction_id, batch_number, transactions, digest)
  select u.id, u.first, p_number, u.count, u.digest
    from unnest(r_ids, r_digests, r_firsts, r_counts) u (id, digest, first, count);
  if cardinality(t_types) > 0 then
    insert into ledger.transaction
           (id, source_id, source_seq, source_after, destination_id, destination_seq, destination_after,
            amount_minor, recorded_at, held_change, hold_id, corrects, expires_at, intended_id,
            request_id, process_id, effective_on, type)
    select p_first + u.place - 1, u.source, u.source_seq, u.source_after,
           case when u.destination_seq <> 0 then u.destination end, nullif(u.destination_seq, 0),
           case when u.destination_seq <> 0 then u.destination_after end,
           u.amount, p_at, nullif(t_held_changes[u.place], 0), nullif(t_holds[u.place], 0),
           nullif(t_corrects[u.place], 0), t_expiries[u.place],
           case when u.destination_seq = 0 then nullif(u.destination, 0) end,
           r_ids[u.request], r_processes[u.request], date '1970-01-01' + r_days[u.request], u.type
      from unnest(t_requests, t_types, t_sources, t_destinations, t_amounts, t_source_seqs, t_source_afters,
                  t_destination_seqs, t_destination_afters)
           with ordinality u (request, type, source, destination, amount, source_seq, source_after,
                              destination_seq, destination_after, place);
  end if;
end
$$;

-- Makes the parts of the journal ahead of need: five million rows each, always two beyond the one in use. The
-- privileges of the application role are on the whole, so a part can be reached by no other way.
create function ledger.extend_journal() returns int
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  rows constant bigint := 5000000;
  part bigint;
  last_part bigint;
  name text;
  made int := 0;
begin
  select last_transaction_id / rows + 2 into last_part from ledger.head where shard = 0;
  for part in 0 .. last_part loop
    name := format('transaction_%s', lpad(part::text, 4, '0'));
    if to_regclass('ledger.' || name) is null then
      execute format('create table ledger.%I (like ledger.transaction including all)', name);
      execute format('create trigger append_only before update or delete or truncate on ledger.%I '
                     'for each statement execute function audit.refuse_change()', name);
      execute format('alter table ledger.transaction attach partition ledger.%I for values from (%s) to (%s)',
                     name, part * rows, (part + 1) * rows);
      made := made + 1;
    end if;
  end loop;
  return made;
end
$$;

select ledger.extend_journal();

create trigger append_only before update or delete or truncate on ledger.transaction
  for each statement execute function audit.refuse_change();
create trigger append_only before update or delete or truncate on ledger.request
  for each statement execute function audit.refuse_change();
create trigger append_only before update or delete or truncate on ledger.batch
  for each statement execute function audit.refuse_change();
create trigger append_only before update or delete or truncate on ledger.correction
  for each statement execute function audit.refuse_change();
create trigger append_only before update or delete or truncate on ledger.backdated
  for each statement execute function audit.refuse_change();
create trigger append_only before update or delete or truncate on ledger.period
  for each statement execute function audit.refuse_change();
create trigger append_only before update or delete or truncate on ledger.issuer
  for each statement execute function audit.refuse_change();
create trigger never_deleted before delete or truncate on ledger.coin
  for each statement execute function audit.refuse_change();
create trigger never_deleted before delete or truncate on ledger.hold
  for each statement execute function audit.refuse_change();
create trigger never_deleted before delete or truncate on ledger.head
  for each statement execute function audit.refuse_change();

grant execute on function ledger.extend_journal(), ledger.close_coin(bigint, timestamptz),
  ledger.own(text, boolean) to accounting_app;
grant execute on function
  ledger.post_batch(bigint, bigint, bigint, timestamptz, bytea, bytea, bytea,
                    uuid[], bytea[], bigint[], int[], uuid[], int[],
                    int[], int[], bigint[], bigint[], bigint[], bigint[], bigint[], bigint[], bigint[],
                    bigint[], bigint[], bigint[], timestamptz[]) to accounting_app;
grant select, insert on ledger.issuer, ledger.period to accounting_app;
grant select on ledger.transaction, ledger.request, ledger.batch, ledger.coin, ledger.hold, ledger.correction,
  ledger.backdated, ledger.head, ledger.entry to accounting_app;
grant usage on sequence ledger.coin_id to accounting_app;
grant insert (id, issuer_id, currency, currency_scale, kind, name, owner, label, opened_at) on ledger.coin
  to accounting_app;
grant update (frozen_at, credit_limit, name) on ledger.coin to accounting_app;
grant update (beat_at) on ledger.head to accounting_app;

-- Why: the self-check leaves what it looked at and what it found, so that it goes on where it stopped, over restarts
-- and on whichever core; and what it stops stays stopped until a person, who is named, lets it go on.

-- One row per run. `batch_number`, `last_transaction_id`, `chain`: history up to there was found right, and the next
-- run starts from this chain, not from the table that it judges. `next_coin_id`, `next_batch`: where the round over
-- all coins and over old history goes on.
create table ledger.check_run (
  id bigint generated always as identity primary key,
  started_at timestamptz not null,
  ended_at timestamptz not null,
  batch_number bigint not null,
  last_transaction_id bigint not null,
  chain bytea not null,
  next_coin_id bigint not null,
  next_batch bigint not null,
  transactions bigint not null,
  coins bigint not null,
  complete boolean not null,
  faults text[] not null
);

-- Stops (halted) and what ended them, in turn. `accepted`: faults that a person has looked at and that are no reason to
-- stop again.
create table ledger.halt (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  halted boolean not null,
  who text not null,
  why text not null,
  accepted text[] not null default '{}'
);

-- Which processes moved value through a coin that must be empty after each; there are few such coins.
create index coin_transit on ledger.coin (id) where kind = 'TRANSIT';

-- Stops and lets go on, in one commit with its row; false if it was so already. Every core obeys, for the head is
-- where each batch is let through.
create function ledger.set_halted(p_halted boolean, p_who text, p_why text, p_accepted text[]) returns boolean
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  update ledger.head
     set halted_at = case when p_halted then clock_timestamp() end
   where shard = 0
     and (halted_at is not null) <> p_halted;
  if not found then
    return false;
  end if;
  insert into ledger.halt (at, halted, who, why, accepted)
  values (clock_timestamp(), p_halted, p_who, p_why, coalesce(p_accepted, '{}'));
  return true;
end
$$;

create trigger append_only before update or delete or truncate on ledger.check_run
  for each statement execute function audit.refuse_change();
create trigger append_only before update or delete or truncate on ledger.halt
  for each statement execute function audit.refuse_change();

grant select, insert on ledger.check_run to accounting_app;
grant select on ledger.halt to accounting_app;
grant execute on function ledger.set_halted(boolean, text, text, text[]) to accounting_app;

-- The plain answer that a user would write first and be content with: one function per transfer. It is lean on
-- purpose (five statements, two rows locked in the order of their ids by the updates themselves), and right: an id
-- is posted once, a wallet is never overdrawn, the journal row carries both balances.

create schema fn;

create table fn.wallet (
  id bigint primary key,
  balance bigint not null check (balance >= 0),
  seq bigint not null default 0
) with (fillfactor = 50);

create table fn.transfer (
  id bigint generated always as identity primary key,
  request_id uuid not null unique,
  source_id bigint not null,
  destination_id bigint not null,
  amount_minor bigint not null check (amount_minor > 0),
  source_seq bigint not null,
  source_after bigint not null,
  destination_seq bigint not null,
  destination_after bigint not null,
  recorded_at timestamptz not null default now(),
  check (source_id <> destination_id)
);

create index transfer_source on fn.transfer (source_id, id);
create index transfer_destination on fn.transfer (destination_id, id);

create function fn.transfer(p_request uuid, p_source bigint, p_destination bigint, p_minor bigint) returns bigint
  language plpgsql
as $$
declare
  posted bigint;
  source fn.wallet;
  destination fn.wallet;
begin
  select id into posted from fn.transfer where request_id = p_request;
  if found then
    return posted;
  end if;
  if p_source < p_destination then
    update fn.wallet set balance = balance - p_minor, seq = seq + 1 where id = p_source returning * into source;
    update fn.wallet set balance = balance + p_minor, seq = seq + 1 where id = p_destination
    returning * into destination;
  else
    update fn.wallet set balance = balance + p_minor, seq = seq + 1 where id = p_destination
    returning * into destination;
    update fn.wallet set balance = balance - p_minor, seq = seq + 1 where id = p_source returning * into source;
  end if;
  if source.id is null or destination.id is null then
    raise exception 'no such wallet';
  end if;
  insert into fn.transfer (request_id, source_id, destination_id, amount_minor,
                           source_seq, source_after, destination_seq, destination_after)
  values (p_request, p_source, p_destination, p_minor, source.seq, source.balance, destination.seq,
          destination.balance)
  returning id into posted;
  return posted;
end
$$;

insert into fn.wallet (id, balance) select n, 1000000000 from generate_series(0, 19999) n;

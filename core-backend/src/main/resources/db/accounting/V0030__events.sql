-- Why: what happened is told to other parts (mail, hooks) after the commit, at least once and in order, even
-- when the process dies between the commit and the telling.

create table events.event (
  position bigint generated always as identity primary key,
  at timestamptz not null,
  type text collate "C" not null,
  subject text collate "C" not null,
  payload jsonb not null
);

create index event_subject on events.event (subject, position);

-- Positions must become visible in their order, else a reader's cursor passes an event that commits late.
-- The lock is held to the end of the transaction, so an event is the last thing that a transaction writes.
create function events.one_writer_at_a_time() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform pg_advisory_xact_lock(4702111234474983745);
  return null;
end
$$;

create trigger in_order before insert on events.event
  for each statement execute function events.one_writer_at_a_time();
create trigger append_only before update or delete or truncate on events.event
  for each statement execute function audit.refuse_change();

-- How far each subscriber has come.
create table events.cursor (
  subscriber text primary key,
  position bigint not null,
  failures int not null default 0,
  next_try_at timestamptz not null
);

grant select, insert on events.event to accounting_app;
grant select, insert, update on events.cursor to accounting_app;

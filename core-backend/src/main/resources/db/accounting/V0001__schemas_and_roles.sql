-- Why: one schema per package, so that a grant, a trigger and a test can name the owner of a table; and one
-- shared guard that makes a table append-only even for roles that hold more grants than they should.

do $$
begin
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect on database %I to accounting_migrator, accounting_app', current_database());
end
$$;

revoke all on schema public from public;

create schema ledger;
create schema process;
create schema events;
create schema audit;
create schema jobs;
create schema directory;
create schema giving;
create schema providers;
create schema accounting;

grant usage on schema
  ledger, process, events, audit, jobs, directory, giving, providers, accounting
  to accounting_app;

-- The core checks at start that the schema is the one it was built for.
grant usage on schema migration to accounting_app;
grant select on migration.flyway_schema_history to accounting_app;

-- Functions are callable by everybody unless told otherwise.
alter default privileges revoke execute on functions from public;

create function audit.refuse_change() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception 'append-only: % on %.% is refused', tg_op, tg_table_schema, tg_table_name
    using errcode = 'AL100';
end
$$;

comment on function audit.refuse_change() is
  'Trigger for history: before update or delete or truncate, for each statement.';

-- Run once per cluster by a superuser, before the first `migrate`:
--     psql -f bootstrap.sql   and then   \password accounting_migrator   and so on for each login role.
-- Why three roles per database: the owner holds the tables and cannot sign in; the migrator may become the
-- owner and signs in only while migrating; the application role gets, table by table, what the migrations
-- grant it, and history tables grant it no more than SELECT and INSERT.
-- A line "--;" ends a statement for readers that are not psql.

do $$
declare
  area text;
begin
  foreach area in array array['accounting', 'identity'] loop
    if not exists (select 1 from pg_roles where rolname = area || '_owner') then
      execute format('create role %I nologin', area || '_owner');
    end if;
    if not exists (select 1 from pg_roles where rolname = area || '_migrator') then
      execute format('create role %I login noinherit', area || '_migrator');
    end if;
    if not exists (select 1 from pg_roles where rolname = area || '_app') then
      execute format('create role %I login noinherit', area || '_app');
    end if;
    execute format('grant %I to %I', area || '_owner', area || '_migrator');
    -- What the migrator makes belongs to the owner.
    execute format('alter role %I set role = %L', area || '_migrator', area || '_owner');
    -- Every statement of ours names its schema; an empty path leaves nothing to shadow.
    execute format('alter role %I set search_path = pg_catalog', area || '_app');
    execute format('alter role %I set statement_timeout = %L', area || '_app', '60s');
    execute format('alter role %I set lock_timeout = %L', area || '_app', '10s');
    execute format(
        'alter role %I set idle_in_transaction_session_timeout = %L', area || '_app', '30s');
  end loop;
end
$$;
--;

create database accounting owner accounting_owner;
--;

create database identity owner identity_owner;

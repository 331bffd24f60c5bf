-- Why: what is known about people lives apart from the books, under roles of its own.

do $$
begin
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect on database %I to identity_migrator, identity_app', current_database());
end
$$;

revoke all on schema public from public;

create schema identity;
create schema mail;

grant usage on schema identity, mail to identity_app;

grant usage on schema migration to identity_app;
grant select on migration.flyway_schema_history to identity_app;

alter default privileges revoke execute on functions from public;

create function identity.refuse_change() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception 'append-only: % on %.% is refused', tg_op, tg_table_schema, tg_table_name
    using errcode = 'AL100';
end
$$;

comment on function identity.refuse_change() is
  'Trigger for history: before update or delete or truncate, for each statement.';

-- Why: who did what, in a log that the application can only lengthen.

create table audit.entry (
  sequence bigint generated always as identity primary key,
  at timestamptz not null,
  actor text collate "C" not null,
  service text not null,
  action text not null,
  subject text collate "C" not null,
  outcome text not null,
  detail text not null
);

create index entry_subject on audit.entry (subject, sequence);
create index entry_actor on audit.entry (actor, sequence);

grant select, insert on audit.entry to accounting_app;

create trigger append_only before update or delete or truncate on audit.entry
  for each statement execute function audit.refuse_change();

-- Why: a business process is what people look for ("this gift"); the ledger only knows atomic steps. The state
-- changes in the commit of the posting that causes it, and each change leaves a step that nobody can alter.

create table process.process (
  id text collate "C" primary key,
  kind text not null,
  state text not null,
  subject text collate "C" not null,
  details jsonb not null,
  opened_by text not null,
  opened_at timestamptz not null
) with (fillfactor = 60); -- most are advanced once: room for that in place

create index process_subject on process.process (subject);
create index process_kind on process.process (kind, id);

create table process.process_step (
  process_id text collate "C" not null,
  place int not null,
  at timestamptz not null,
  from_state text not null,
  to_state text not null,
  detail text not null,
  primary key (process_id, place)
);

-- Only the state moves; what a process is and who opened it stays.
grant select, insert on process.process to accounting_app;
grant update (state) on process.process to accounting_app;
grant select, insert on process.process_step to accounting_app;

create trigger append_only before update or delete or truncate on process.process_step
  for each statement execute function audit.refuse_change();
create trigger never_deleted before delete or truncate on process.process
  for each statement execute function audit.refuse_change();

-- "Which process corrects this one?"
create index process_corrects on process.process ((details ->> 'corrects'))
  where kind = 'CORRECTION';

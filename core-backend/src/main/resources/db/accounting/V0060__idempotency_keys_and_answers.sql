-- Why: a request that is sent twice does its work once. The key commits together with the work,
-- so each database has a table of its own.
create schema if not exists idempotency;

create table idempotency.request (
    scope        text        not null,
    key          text        not null,
    digest       text        not null,
    operation_id text        not null,
    answer       bytea,
    created_at   timestamptz not null,
    primary key (scope, key)
);

create index request_created_at on idempotency.request (created_at);

grant usage on schema idempotency to accounting_app;
grant select, insert, delete on idempotency.request to accounting_app;
grant update (answer) on idempotency.request to accounting_app;

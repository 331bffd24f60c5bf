-- Why: who signs in and who gives, apart from the books, which know both by opaque ids only.
-- Tokens of links and sessions are stored as SHA-256: a copy of this database signs nobody in.
create table identity.app_user (
    id           text        primary key,
    email        text        not null unique check (email = lower(email)),
    display_name text        not null,
    role         text        not null check (role in ('USER', 'ACCOUNTANT', 'PLATFORM_ADMIN')),
    language     text        not null,
    disabled     boolean     not null default false,
    created_at   timestamptz not null
);

-- One row per request for a link, also for addresses of nobody: the answer must not differ, nor the
-- work that it takes. Those rows have no user and no token that anyone knows.
create table identity.sign_in_link (
    token_hash   bytea       primary key check (octet_length(token_hash) = 32),
    address_hash bytea       not null check (octet_length(address_hash) = 32),
    user_id      text        references identity.app_user (id),
    gateway      text        not null,
    created_at   timestamptz not null,
    expires_at   timestamptz not null,
    used_at      timestamptz
);
create index sign_in_link_address on identity.sign_in_link (address_hash, created_at);
create index sign_in_link_created on identity.sign_in_link (created_at);

-- A session belongs to the gateway that redeemed the link; at another it is unknown.
create table identity.session (
    id           text        primary key,
    token_hash   bytea       not null unique check (octet_length(token_hash) = 32),
    user_id      text        not null references identity.app_user (id),
    gateway      text        not null,
    created_at   timestamptz not null,
    last_used_at timestamptz not null,
    expires_at   timestamptz not null,
    ended_at     timestamptz
);
create index session_owner on identity.session (user_id);
create index session_expires on identity.session (expires_at);

-- Somebody who gives. Kept once a pledge refers to it; a row that a crash left alone goes.
create table identity.supporter (
    id          text        primary key,
    request_key text        not null unique,
    name        text        not null,
    email       text        not null,
    language    text        not null,
    kept        boolean     not null default false,
    created_at  timestamptz not null
);
create index supporter_unkept on identity.supporter (created_at) where not kept;

grant select, insert on identity.app_user to identity_app;
grant update (disabled) on identity.app_user to identity_app;
grant select, insert, delete on identity.sign_in_link to identity_app;
grant update (used_at) on identity.sign_in_link to identity_app;
grant select, insert, delete on identity.session to identity_app;
grant update (last_used_at, ended_at) on identity.session to identity_app;
grant select, insert, delete on identity.supporter to identity_app;
grant update (kept) on identity.supporter to identity_app;

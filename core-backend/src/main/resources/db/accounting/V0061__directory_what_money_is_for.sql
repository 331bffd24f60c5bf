-- Why: nonprofits, projects with milestones and members, and the codes that lead a transfer to
-- them. Members are opaque ids of the identity database; no name of a person is stored here.
create table directory.nonprofit (
    id             text        primary key,
    slug           text        not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    name           text        not null,
    account_holder text        not null,
    sites          text[]      not null,
    created_at     timestamptz not null,
    created_by     text        not null
);

create table directory.project (
    id                    text        primary key,
    nonprofit_id          text        not null references directory.nonprofit (id),
    slug                  text        not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    name                  text        not null,
    summary               text        not null,
    state                 text        not null
        check (state in ('PROPOSED', 'ACTIVE', 'CLOSED', 'DECLINED')),
    currency              text        not null,
    goal_minor            bigint      check (goal_minor > 0),
    overhead_basis_points integer     not null
        check (overhead_basis_points between 0 and 10000),
    coin_id               bigint,
    created_at            timestamptz not null,
    created_by            text        not null,
    -- a project has a coin from the day it may receive
    check ((coin_id is not null) = (state in ('ACTIVE', 'CLOSED')))
);
create index project_nonprofit on directory.project (nonprofit_id);

create table directory.milestone (
    id         text        primary key,
    project_id text        not null references directory.project (id),
    position   integer     not null check (position > 0),
    name       text        not null,
    goal_minor bigint      check (goal_minor > 0),
    created_at timestamptz not null,
    unique (project_id, position)
);

create table directory.member (
    project_id text        not null references directory.project (id),
    user_ref   text        not null,
    role       text        not null check (role in ('MEMBER', 'ADMIN')),
    since      timestamptz not null,
    primary key (project_id, user_ref)
);
create index member_user on directory.member (user_ref);

-- A code is drawn once and stays with its target for ever.
create table directory.code (
    digits   text        primary key check (digits ~ '^([0-9]{7}|[0-9]{9})$'),
    kind     text        not null check (kind in ('PROJECT', 'MILESTONE', 'PLEDGE')),
    target   text        not null unique,
    drawn_at timestamptz not null,
    check ((kind = 'PLEDGE') = (length(digits) = 9))
);
create trigger code_append_only before update or delete or truncate
    on directory.code for each statement execute function audit.refuse_change();

grant select, insert on directory.nonprofit, directory.project, directory.milestone to accounting_app;
grant update (state, coin_id, overhead_basis_points) on directory.project to accounting_app;
grant select, insert on directory.member to accounting_app;
grant update (role) on directory.member to accounting_app;
grant select, insert on directory.code to accounting_app;

-- Why: what a process costs, how much may be done, and who asked for and decided what must stay provable for as
-- long as the books themselves. So rules are versions and never changed, and each step of a request is stored
-- before it is posted, under the request id of its posting.

create schema commission;
create schema limits;

grant usage on schema commission, limits to accounting_app;

-- A price list. `earner` owns the commission coins that it fills.
create table commission.profile (
  id text collate "C" primary key,
  name text not null,
  level text collate "C" not null check (level in ('SYSTEM', 'PROVIDER')),
  tier text collate "C" not null check (tier in ('BASE', 'STANDARD', 'GOLD', 'VIP', 'OWN')),
  earner text collate "C" not null,
  copied_from text collate "C" not null,
  made_by text not null,
  made_at timestamptz not null
);

-- The tiers are there from the start and free until somebody says otherwise; the base tier holds for whoever has
-- no contract.
insert into commission.profile (id, name, level, tier, earner, copied_from, made_by, made_at)
values ('pfl_base', 'Base', 'SYSTEM', 'BASE', 'hoster', '', 'job:migration', now()),
       ('pfl_standard', 'Standard', 'SYSTEM', 'STANDARD', 'hoster', '', 'job:migration', now()),
       ('pfl_gold', 'Gold', 'SYSTEM', 'GOLD', 'hoster', '', 'job:migration', now()),
       ('pfl_vip', 'VIP', 'SYSTEM', 'VIP', 'hoster', '', 'job:migration', now());

-- The greatest version of an id is the rule as it is now. `until_on` is the first day on which it is over.
create table commission.rule (
  id text collate "C" not null,
  version int not null check (version > 0),
  profile_id text collate "C" not null references commission.profile,
  process_kind text collate "C" not null,
  currency text collate "C" not null check (currency ~ '^[A-Z0-9]{3,8}$'),
  currency_scale smallint not null check (currency_scale between 0 and 9),
  from_on date not null,
  until_on date check (until_on > from_on),
  is_active boolean not null,
  direction text collate "C" not null check (direction in ('OUT', 'IN', 'SHARED')),
  rounding text collate "C" not null
    check (rounding in ('HALF_AWAY_FROM_ZERO', 'HALF_EVEN', 'UP', 'DOWN')),
  put_by text not null,
  put_at timestamptz not null,
  primary key (id, version)
);

create index rule_profile on commission.rule (profile_id, process_kind, currency);

-- Conditions of a rule: from an amount on, below another one.
create table commission.range (
  rule_id text collate "C" not null,
  version int not null,
  min_minor bigint not null check (min_minor >= 0),
  below_minor bigint not null check (below_minor > min_minor),
  formula text collate "C" not null
    check (formula in ('ZERO', 'PERCENT', 'FIXED', 'GREATER', 'LESSER', 'FIXED_AND_PERCENT')),
  millionths int not null check (millionths between 0 and 1000000),
  fixed_minor bigint not null check (fixed_minor >= 0),
  primary key (rule_id, version, min_minor),
  foreign key (rule_id, version) references commission.rule
);

create function commission.ranges_are_apart() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if exists (select 1
               from added n
               join commission.range o on o.rule_id = n.rule_id
                and o.version = n.version
                and o.min_minor <> n.min_minor
                and o.min_minor < n.below_minor
                and n.min_minor < o.below_minor) then
    raise exception 'the ranges of a rule overlap' using errcode = 'AL140';
  end if;
  return null;
end
$$;

create trigger ranges_are_apart after insert on commission.range
  referencing new table as added
  for each statement execute function commission.ranges_are_apart();

-- Which price list an owner of coins has from a day on; of several of one day the last one.
create table commission.contract (
  number bigint generated always as identity primary key,
  owner text collate "C" not null,
  level text collate "C" not null check (level in ('SYSTEM', 'PROVIDER')),
  profile_id text collate "C" not null references commission.profile,
  from_on date not null,
  put_by text not null,
  put_at timestamptz not null
);

create index contract_owner on commission.contract (owner, level, from_on, number);

create table limits.rule (
  id text collate "C" not null,
  version int not null check (version > 0),
  profile_id text collate "C" not null,
  process_kind text collate "C" not null,
  currency text collate "C" not null check (currency ~ '^[A-Z0-9]{3,8}$'),
  currency_scale smallint not null check (currency_scale between 0 and 9),
  measure text collate "C" not null check (measure in ('AMOUNT', 'NUMBER')),
  period text collate "C" not null
    check (period in ('TRANSACTION', 'DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR', 'LIFE')),
  maximum bigint not null check (maximum >= 0),
  consequence text collate "C" not null check (consequence in ('CONFIRMATION', 'LIMITED', 'REFUSAL')),
  is_active boolean not null,
  put_by text not null,
  put_at timestamptz not null,
  primary key (id, version)
);

create index rule_profile on limits.rule (profile_id, process_kind, currency);

-- What counts against limits, by the day in the organisation's zone. What its request does not use in the end is
-- given back; it is taken again when the request is repeated.
create table limits.usage (
  request_id text collate "C" primary key,
  owner text collate "C" not null,
  process_kind text collate "C" not null,
  currency text collate "C" not null,
  used_on date not null,
  amount_minor bigint not null check (amount_minor > 0),
  taken_at timestamptz not null,
  given_back_at timestamptz
);

create index usage_owner on limits.usage (owner, process_kind, currency, used_on) include (amount_minor)
  where given_back_at is null;

-- A business request: what was asked, by whom, and what was promised. Its state is the state of its process, which
-- moves in the commit of the postings. A coin that has no part is 0.
create table process.request (
  process_id text collate "C" primary key,
  kind text collate "C" not null
    check (kind in ('CLIENT_ISSUE', 'CLIENT_TRANSFER', 'REDEEM', 'BANK_TOP_UP', 'BANK_REDEEM', 'CONTRACT_FEE',
                    'REVERSAL')),
  owner text collate "C" not null,
  sender_coin bigint not null,
  receiver_coin bigint not null,
  currency text collate "C" not null check (currency ~ '^[A-Z0-9]{3,8}$'),
  currency_scale smallint not null check (currency_scale between 0 and 9),
  amount_minor bigint not null check (amount_minor >= 0),
  taken_minor bigint not null check (taken_minor >= amount_minor),
  given_minor bigint not null check (given_minor between 0 and amount_minor),
  details jsonb not null,
  plan jsonb not null,
  asked_by text collate "C" not null,
  asked_at timestamptz not null,
  -- What each kind must have.
  check (case kind
           when 'CLIENT_ISSUE' then sender_coin = 0 and receiver_coin <> 0 and details ? 'coin'
           when 'BANK_TOP_UP' then
             sender_coin = 0 and receiver_coin <> 0 and details ?& array['coin', 'account', 'reference']
           when 'CLIENT_TRANSFER' then
             sender_coin <> 0 and receiver_coin <> 0 and details ?& array['from', 'to']
           when 'REDEEM' then sender_coin <> 0 and receiver_coin = 0 and details ? 'coin'
           when 'BANK_REDEEM' then
             sender_coin <> 0 and receiver_coin = 0 and details ?& array['coin', 'account', 'reference']
           when 'CONTRACT_FEE' then
             sender_coin <> 0 and receiver_coin = 0 and details ?& array['coin', 'month']
           else details ? 'corrects'
         end),
  check ((amount_minor > 0) = (kind <> 'REVERSAL'))
);

create index request_sender on process.request (sender_coin, process_id) where sender_coin <> 0;
create index request_receiver on process.request (receiver_coin, process_id) where receiver_coin <> 0;
create index request_asked_by on process.request (asked_by, process_id);
create index request_amount on process.request (amount_minor, process_id);

-- A step of a request, stored before it is posted; its id is the request id of the posting. It is open until what
-- became of it is known; a job posts again what a crash left open.
create table process.attempt (
  id uuid primary key,
  number bigint generated always as identity,
  process_id text collate "C" not null references process.request,
  action text collate "C" not null check (action in ('MAKE', 'APPROVE', 'DECLINE', 'REJECT', 'REPEAT')),
  actor text collate "C" not null,
  service text collate "C" not null,
  reason text not null,
  from_state text collate "C" not null,
  to_states text[] not null check (cardinality(to_states) > 0),
  holds bigint[] not null,
  effective_on date not null,
  at timestamptz not null,
  done_at timestamptz,
  outcome text,
  transactions bigint[],
  check ((done_at is null) = (outcome is null)),
  check (transactions is null or outcome = 'posted')
);

create index attempt_process on process.attempt (process_id, number);
create index attempt_open on process.attempt (number) where done_at is null;

create index process_opened_by on process.process (opened_by, id);

-- "Which process corrects this one?", now for reversals of requests too.
drop index process.process_corrects;
create index process_corrects on process.process ((details ->> 'corrects'))
  where kind in ('CORRECTION', 'REVERSAL');

create trigger append_only before update or delete or truncate on commission.profile
  for each statement execute function audit.refuse_change();
create trigger append_only before update or delete or truncate on commission.rule
  for each statement execute function audit.refuse_change();
create trigger append_only before update or delete or truncate on commission.range
  for each statement execute function audit.refuse_change();
create trigger append_only before update or delete or truncate on commission.contract
  for each statement execute function audit.refuse_change();
create trigger append_only before update or delete or truncate on limits.rule
  for each statement execute function audit.refuse_change();
create trigger never_deleted before delete or truncate on limits.usage
  for each statement execute function audit.refuse_change();
create trigger append_only before update or delete or truncate on process.request
  for each statement execute function audit.refuse_change();
create trigger never_deleted before delete or truncate on process.attempt
  for each statement execute function audit.refuse_change();

grant select, insert on commission.profile, commission.rule, commission.range, commission.contract, limits.rule,
  limits.usage, process.request, process.attempt
  to accounting_app;
grant update (used_on, given_back_at) on limits.usage to accounting_app;
grant update (done_at, outcome, transactions) on process.attempt to accounting_app;

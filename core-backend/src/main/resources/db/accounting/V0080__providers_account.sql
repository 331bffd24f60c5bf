-- Why: our own accounts at banks and other providers. Each is mirrored by two coins: what the bank holds is
-- issued from one into the other, so that the issuing coin's balance is the negative of the bank's.
-- The coins come right after the row, since their owner is its id; a crash between leaves them empty, and the
-- next start fills them in.

create table providers.account (
  id text collate "C" primary key,
  provider text not null check (provider <> ''),
  identification text collate "C" not null check (length(identification) between 1 and 70),
  bic text not null,
  holder text not null,
  currency text collate "C" not null check (currency ~ '^[A-Z]{3}$'),
  issuer_id bigint not null references ledger.issuer,
  incoming_coin bigint references ledger.coin,
  issuing_coin bigint references ledger.coin,
  created_at timestamptz not null,
  unique (identification, currency),
  check ((incoming_coin is null) = (issuing_coin is null))
);

grant select, insert on providers.account to accounting_app;
grant update (provider, bic, holder, incoming_coin, issuing_coin)
  on providers.account to accounting_app;

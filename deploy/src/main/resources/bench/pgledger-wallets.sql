-- Wallets with ids that pgbench can compute, of the form and length of pgledger's own, so that no look-up is
-- charged to it; funded, and not to be overdrawn, as the wallets of the others are.
insert into pgledger_accounts
       (id, name, currency, balance, allow_negative_balance, allow_positive_balance, created_at, updated_at)
select 'pgla_' || lpad(n::text, 26, '0'), 'wallet ' || n, 'EUR', 1000000000, false, true, now(), now()
  from generate_series(0, 19999) n;

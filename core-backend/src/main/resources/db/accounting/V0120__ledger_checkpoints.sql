-- Why: what the core said about its history, signed with a key that is not in this database. Whoever keeps one of
-- these notes can show later that history was changed behind it; these copies are for convenience, not the proof.

-- `size`: number of batches that it covers, `root`: their Merkle root (RFC 6962), `note`: the signed note (C2SP).
create table ledger.checkpoint (
  size bigint primary key check (size >= 0),
  origin text not null,
  root bytea not null check (octet_length(root) = 32),
  signed_at timestamptz not null,
  note text not null
);

create trigger append_only before update or delete or truncate on ledger.checkpoint
  for each statement execute function audit.refuse_change();

grant select, insert on ledger.checkpoint to accounting_app;

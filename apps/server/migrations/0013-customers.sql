-- What is written down about a customer, how customers are found, and how they are joined, erased and forgotten.

alter table customer
  -- Rises with every change of what the card shows.
  add column version integer not null default 1,
  -- The same person as that one; what belonged to this one belongs to that one until the merge is undone.
  add column merged_into uuid references customer,
  add column erased_at timestamptz,
  add check (merged_into <> id);
create index customer_merged on customer (merged_into) where merged_into is not null;

create table customer_attribute (
  -- Chosen by whoever writes it, as everywhere.
  id uuid primary key,
  customer_id uuid not null references customer,
  name text not null check (length(name) between 1 and 500),
  value text not null check (length(value) between 1 and 500),
  created_at timestamptz not null
);
create index customer_attribute_customer on customer_attribute (customer_id, created_at);

-- Of the person, not of one contact.
create table customer_note (
  id uuid primary key,
  customer_id uuid not null references customer,
  agent_id uuid not null references agent,
  text text not null check (length(text) between 1 and 4000),
  pinned boolean not null,
  written_at timestamptz not null,
  edited_at timestamptz
);
create index customer_note_customer on customer_note (customer_id, written_at desc);

-- What an agent was told belongs to no channel of ours; two customers may claim the same.
alter table identity
  alter column channel_account_id drop not null,
  add column claimed_by uuid references agent,
  add check (channel_account_id is not null or (proof = 'claimed' and claimed_by is not null));
create unique index identity_claim on identity (customer_id, kind, value) where channel_account_id is null;

-- ---- merges ----

create table customer_merge (
  id uuid primary key,
  survivor_id uuid not null references customer,
  merged_id uuid not null references customer,
  agent_id uuid not null references agent,
  merged_at timestamptz not null,
  undone_at timestamptz,
  undone_by uuid references agent,
  -- The survivor's own fields as they were and as they became; and which rows came from the merged one, by table.
  fields_before jsonb not null,
  fields_after jsonb not null,
  moved jsonb not null,
  check (survivor_id <> merged_id),
  check ((undone_at is null) = (undone_by is null))
);
create unique index customer_merge_merged on customer_merge (merged_id) where undone_at is null;
create index customer_merge_survivor on customer_merge (survivor_id, merged_at desc);

-- ---- erasure and retention ----

-- Whoever is named here stays erased, whatever a backup brings back. Ids and times only.
create table erasure (
  customer_id uuid primary key,
  agent_id uuid,
  requested_at timestamptz not null,
  completed_at timestamptz
);

alter table company add column retention_days integer check (retention_days between 1 and 36500);
-- When the words of a closed contact were erased.
alter table contact add column forgotten_at timestamptz;
create index contact_kept on contact (closed_at) where closed_at is not null and forgotten_at is null;

-- ---- search ----

-- ё and е are one letter, large and small ones too. One letter stays one letter, so that places are the same in both.
create function folded(words text) returns text language sql immutable strict parallel safe
  return translate(lower(words), 'ё', 'е');
-- The Russian configuration stems English words, too.
create function searchable(words text) returns tsvector language sql immutable strict parallel safe
  return to_tsvector('pg_catalog.russian', translate(words, 'ёЁ', 'еЕ'));

create index customer_name_like on customer using gin (folded(name) gin_trgm_ops) where name is not null;
create index customer_name_start on customer (folded(name) text_pattern_ops) where name is not null;
create index identity_value_like on identity using gin (value gin_trgm_ops) where kind in ('email', 'phone');
-- Its entries wait in a short list and are sorted in by the vacuum, so that writing a message costs little.
create index message_words on message using gin (searchable(parts -> 0 ->> 'text')) with (gin_pending_list_limit = 1024)
  where parts -> 0 ->> 'kind' = 'text';
-- Rare words are found by the index above, common ones sooner by going back in time.
create index message_sent on message (sent_at desc, id desc);

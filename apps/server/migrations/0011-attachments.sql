-- Files of conversations. Their bytes lie on disk by the hash of what is served, so equal ones lie there once.

create table file (
  -- Chosen by whoever uploads it: the same file sent twice is taken once.
  id uuid primary key,
  agent_id uuid references agent,
  customer_id uuid references customer,
  channel_account_id uuid references channel_account,
  name text not null check (length(name) between 1 and 200),
  type text not null,
  bytes integer not null check (bytes > 0),
  sha256 bytea not null check (octet_length(sha256) = 32),
  -- What came: of a picture it is not what is served, because that is drawn anew.
  received_bytes integer not null check (received_bytes > 0),
  received_sha256 bytea not null check (octet_length(received_sha256) = 32),
  width integer check (width > 0),
  height integer check (height > 0),
  uploaded_at timestamptz not null,
  -- Null until it is sent; then it belongs to that one message for good.
  message_id uuid references message,
  position smallint check (position between 0 and 9),
  unique (message_id, position),
  check (num_nonnulls(agent_id, customer_id) = 1),
  check ((customer_id is null) = (channel_account_id is null)),
  check ((message_id is null) = (position is null)),
  check ((width is null) = (height is null))
);
create index file_sha256 on file (sha256);
create index file_unsent on file (uploaded_at) where message_id is null;
create index file_customer on file (customer_id, uploaded_at) where customer_id is not null;

-- Contents whose last file is gone, as the transaction that removed it says: their bytes are removed after it.
create table unused_content (
  sha256 bytea primary key
);

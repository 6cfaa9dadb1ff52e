-- Customers, their needs, and the pieces of work that these make.

create table customer (
  id uuid primary key,
  number bigint generated always as identity unique,
  name text check (length(name) <= 120),
  region text not null default 'unknown',
  language text check (language in ('ru', 'en')),
  time_zone text,
  blocked_at timestamptz,
  first_seen_at timestamptz not null
);

create table identity (
  id uuid primary key default gen_random_uuid(),
  customer_id uuid not null references customer,
  channel_account_id uuid not null references channel_account,
  kind text not null check (kind in ('visitor', 'email', 'phone')),
  value text not null,
  proof text not null check (proof in ('none', 'claimed', 'verified')),
  created_at timestamptz not null,
  unique (channel_account_id, kind, value)
);
create index identity_customer on identity (customer_id);

-- Agreement to the personal-data line: a document of its own, never changed afterwards.
create table consent (
  id bigint generated always as identity primary key,
  customer_id uuid not null references customer,
  channel_account_id uuid not null references channel_account,
  version text not null,
  given_at timestamptz not null
);
create index consent_customer on consent (customer_id);

create table issue (
  id uuid primary key,
  customer_id uuid not null references customer,
  owner_line smallint not null default 1 check (owner_line in (1, 2)),
  opened_at timestamptz not null,
  closed_at timestamptz
);
create index issue_customer on issue (customer_id, opened_at desc);

create table contact (
  id uuid primary key,
  issue_id uuid not null references issue,
  customer_id uuid not null references customer,
  channel_account_id uuid not null references channel_account,
  channel text not null check (channel in ('webChat')),
  language text check (language in ('ru', 'en')),
  region text not null,
  -- The queue that it is in or was in last, and the agent who had it last.
  queue_id uuid not null references queue,
  agent_id uuid references agent,
  -- Rises with every change of this row; the routing row counts its own.
  version integer not null default 1,
  page_url text,
  page_title text,
  arrived_at timestamptz not null,
  accepted_at timestamptz,
  first_reply_at timestamptz,
  waiting_since timestamptz,
  away_since timestamptz,
  last_message_at timestamptz not null,
  last_message_number integer not null,
  customer_read_number integer not null default 0,
  agent_read_number integer not null default 0,
  ended_at timestamptz,
  closed_at timestamptz,
  close_reason text check (close_reason in ('abandoned', 'agentEnded', 'customerEnded', 'customerAway', 'customerSilent')),
  disposition_id uuid references disposition,
  resolved boolean,
  -- The routing row is gone once a contact is closed; this is the version that it ended with.
  final_routing_version integer,
  check (closed_at is null or (ended_at is not null and close_reason is not null and final_routing_version is not null)),
  check (ended_at >= arrived_at and closed_at >= ended_at),
  -- A contact that is handed on is accepted anew after its first reply.
  check (first_reply_at >= arrived_at and accepted_at >= arrived_at),
  check (customer_read_number <= last_message_number and agent_read_number <= last_message_number)
) with (fillfactor = 80);
create index contact_customer on contact (customer_id, arrived_at desc, id desc);
create index contact_queue on contact (queue_id, arrived_at desc, id desc);
create index contact_agent on contact (agent_id, arrived_at desc, id desc);
create index contact_issue on contact (issue_id);

-- The part of a contact that one queue or one agent held.
create table segment (
  id bigint generated always as identity primary key,
  contact_id uuid not null references contact,
  queue_id uuid not null references queue,
  agent_id uuid references agent,
  started_at timestamptz not null,
  ended_at timestamptz,
  check (ended_at >= started_at)
);
create unique index segment_open on segment (contact_id) where ended_at is null;
create index segment_contact on segment (contact_id, id);

create table message (
  -- Chosen by whoever writes it: the same message sent twice is taken once.
  id uuid primary key,
  contact_id uuid not null references contact,
  number integer not null check (number > 0),
  author text not null check (author in ('customer', 'agent', 'system')),
  agent_id uuid references agent,
  visibility text not null check (visibility in ('public', 'note')),
  parts jsonb not null check (jsonb_typeof(parts) = 'array' and jsonb_array_length(parts) > 0),
  sent_at timestamptz not null,
  unique (contact_id, number),
  check ((author = 'agent') = (agent_id is not null)),
  check (author = 'agent' or visibility = 'public')
);

create table rating (
  contact_id uuid primary key references contact,
  customer_id uuid not null references customer,
  queue_id uuid not null references queue,
  agent_id uuid references agent,
  score smallint not null check (score between 1 and 5),
  comment text check (length(comment) <= 1000),
  rated_at timestamptz not null
);
create index rating_agent on rating (agent_id, rated_at desc);

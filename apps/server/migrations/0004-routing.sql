-- What the router reads and claims: narrow rows that message traffic neither locks nor bloats. Every writer locks in
-- the order lease → agents by id → contacts by id.

create table router_lease (
  one boolean primary key default true check (one),
  epoch bigint not null,
  holder uuid,
  expires_at timestamptz not null
);
insert into router_lease (epoch, expires_at) values (0, '-infinity');

create sequence contact_seq;
create sequence agent_ticket;

-- Open contacts only: closing a contact removes its row.
create table contact_routing (
  contact_id uuid primary key references contact,
  version integer not null default 1,
  state text not null check (state in ('queued', 'offered', 'active', 'wrapUp')),
  queue_id uuid not null references queue,
  customer_id uuid not null references customer,
  channel_account_id uuid not null references channel_account,
  channel text not null,
  language text,
  arrived_at timestamptz not null,
  seq bigint not null default nextval('contact_seq'),
  agent_id uuid references agent,
  offer_id uuid,
  offer_expires_at timestamptz,
  wrap_up_until timestamptz,
  reserved_for uuid references agent,
  reserved_until timestamptz,
  check ((state = 'queued') = (agent_id is null)),
  check ((state = 'offered') = (offer_id is not null)),
  check ((state = 'offered') = (offer_expires_at is not null)),
  check ((state = 'wrapUp') = (wrap_up_until is not null)),
  check ((reserved_for is null) = (reserved_until is null))
) with (fillfactor = 70);
-- A customer has one conversation at a time in one of our channels.
create unique index contact_routing_conversation on contact_routing (customer_id, channel_account_id);
create unique index contact_routing_offered on contact_routing (agent_id) where state = 'offered';
create index contact_routing_agent on contact_routing (agent_id) where agent_id is not null;
create index contact_routing_waiting on contact_routing (queue_id, arrived_at, seq) where state in ('queued', 'offered');

create table agent_capacity (
  agent_id uuid primary key references agent,
  version integer not null default 1,
  state text not null default 'offline' check (state in ('offline', 'available', 'notReady')),
  voice smallint not null default 0,
  chat smallint not null default 0,
  mail smallint not null default 0,
  pending smallint not null default 0 check (pending in (0, 1)),
  ticket bigint not null default nextval('agent_ticket'),
  -- A limit that is lowered under what an agent holds comes into force as the contacts end.
  max_chat smallint not null,
  max_total smallint not null,
  -- Gone without signing out: contacts stay in hand until the grace period is over.
  lost_at timestamptz,
  check (voice >= 0 and mail >= 0 and chat between 0 and max_chat),
  check (voice + chat + mail + pending <= max_total),
  check (pending = 0 or state = 'available'),
  check (lost_at is null or state = 'offline')
) with (fillfactor = 70);

create table offer (
  id uuid primary key,
  contact_id uuid not null references contact,
  agent_id uuid not null references agent,
  offered_at timestamptz not null,
  expires_at timestamptz not null,
  -- Why this agent, as decided; ids, numbers and enums only.
  trace jsonb not null,
  outcome text not null default 'open' check (outcome in ('open', 'accepted', 'declined', 'missed', 'withdrawn', 'left')),
  decided_at timestamptz,
  check ((outcome = 'open') = (decided_at is null))
);
create unique index offer_open_contact on offer (contact_id) where outcome = 'open';
create unique index offer_open_agent on offer (agent_id) where outcome = 'open';
create index offer_contact on offer (contact_id, offered_at);

-- Who is not to be asked again for a while: refused it, or just handed it on.
create table contact_exclusion (
  contact_id uuid not null references contact,
  agent_id uuid not null references agent,
  until timestamptz not null,
  primary key (contact_id, agent_id)
);
create index contact_exclusion_until on contact_exclusion (until);

-- Running servers, and the sockets that each holds. A node that stops speaking takes its sockets with it.
create table node (
  id uuid primary key,
  seen_at timestamptz not null
);
create table link (
  id uuid primary key,
  node_id uuid not null,
  agent_id uuid,
  customer_id uuid,
  -- A closed link stays for a moment, so that a page that reloads is not taken for gone.
  closed_at timestamptz,
  check ((agent_id is null) <> (customer_id is null))
);
create index link_agent on link (agent_id) where agent_id is not null;
create index link_customer on link (customer_id) where customer_id is not null;
create index link_node on link (node_id);
create index link_closed on link (closed_at) where closed_at is not null;

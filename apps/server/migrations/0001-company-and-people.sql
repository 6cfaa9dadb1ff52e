-- The company, its places and its people, what they can do, and how they sign in.

create extension if not exists pg_trgm;

create table company (
  one boolean primary key default true check (one),
  name text not null check (length(name) between 1 and 120),
  language text not null check (language in ('ru', 'en')),
  time_zone text not null,
  version integer not null default 1,
  created_at timestamptz not null
);

create table site (
  id uuid primary key,
  name text not null check (length(name) between 1 and 120),
  time_zone text not null,
  version integer not null default 1,
  archived_at timestamptz
);
create unique index site_name on site (lower(name)) where archived_at is null;

create table team (
  id uuid primary key,
  name text not null check (length(name) between 1 and 120),
  site_id uuid not null references site,
  version integer not null default 1,
  archived_at timestamptz
);
create unique index team_name on team (lower(name)) where archived_at is null;
create index team_site on team (site_id);

create table skill (
  id uuid primary key,
  name text not null check (length(name) between 1 and 120),
  version integer not null default 1,
  archived_at timestamptz
);
create unique index skill_name on skill (lower(name)) where archived_at is null;

create table not_ready_reason (
  id uuid primary key,
  name text not null check (length(name) between 1 and 120),
  version integer not null default 1,
  archived_at timestamptz
);
create unique index not_ready_reason_name on not_ready_reason (lower(name)) where archived_at is null;

create table disposition (
  id uuid primary key,
  name text not null check (length(name) between 1 and 120),
  version integer not null default 1,
  archived_at timestamptz
);
create unique index disposition_name on disposition (lower(name)) where archived_at is null;

create table agent (
  id uuid primary key,
  name text not null check (length(name) between 1 and 120),
  email text not null check (email = lower(email) and length(email) <= 254),
  role text not null check (role in ('agent', 'supervisor', 'administrator')),
  language text not null check (language in ('ru', 'en')),
  serves text[] not null check (serves <@ array['ru', 'en'] and cardinality(serves) > 0),
  team_id uuid references team,
  max_chats smallint not null check (max_chats between 0 and 20),
  max_total smallint not null check (max_total between 1 and 20),
  password_hash text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  archived_at timestamptz
);
create unique index agent_email on agent (email) where archived_at is null;
create index agent_team on agent (team_id);

create table agent_skill (
  agent_id uuid not null references agent,
  skill_id uuid not null references skill,
  level smallint not null check (level between 1 and 5),
  primary key (agent_id, skill_id)
);
create index agent_skill_skill on agent_skill (skill_id);

-- Presence without gaps or overlaps: exactly one open interval, and none that ends before it began.
create table presence_interval (
  id bigint generated always as identity primary key,
  agent_id uuid not null references agent,
  state text not null check (state in ('offline', 'available', 'notReady')),
  cause text not null check (cause in ('chosen', 'missed', 'signedOut', 'lost', 'returned', 'supervisor')),
  reason_id uuid references not_ready_reason,
  started_at timestamptz not null,
  ended_at timestamptz,
  check (ended_at >= started_at),
  check (reason_id is null or state = 'notReady')
);
create unique index presence_interval_open on presence_interval (agent_id) where ended_at is null;
create index presence_interval_agent on presence_interval (agent_id, started_at desc);

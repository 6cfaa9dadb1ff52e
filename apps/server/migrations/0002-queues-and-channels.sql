-- Where contacts wait, and where they come from.

create table queue (
  id uuid primary key,
  name text not null check (length(name) between 1 and 120),
  line smallint not null check (line in (1, 2)),
  escalation_queue_id uuid references queue,
  priority smallint not null check (priority between 1 and 5),
  target_seconds integer not null check (target_seconds > 0),
  offer_seconds integer not null check (offer_seconds > 0),
  wrap_up_seconds integer not null check (wrap_up_seconds > 0),
  away_minutes integer not null check (away_minutes > 0),
  silence_minutes integer not null check (silence_minutes > 0),
  greeting text not null default '' check (length(greeting) <= 500),
  version integer not null default 1,
  archived_at timestamptz,
  check (escalation_queue_id <> id)
);
create unique index queue_name on queue (lower(name)) where archived_at is null;

create table queue_skill (
  queue_id uuid not null references queue,
  skill_id uuid not null references skill,
  level smallint not null check (level between 1 and 5),
  primary key (queue_id, skill_id)
);
create index queue_skill_skill on queue_skill (skill_id);

-- One of our addresses in one channel: here, one widget.
create table channel_account (
  id uuid primary key,
  channel text not null check (channel in ('webChat')),
  name text not null check (length(name) between 1 and 120),
  queue_id uuid not null references queue,
  origins text[] not null,
  language text not null check (language in ('ru', 'en')),
  accent text not null,
  side text not null check (side in ('left', 'right')),
  title text not null,
  consent_text text not null,
  consent_url text not null,
  version integer not null default 1,
  archived_at timestamptz
);
create unique index channel_account_name on channel_account (lower(name)) where archived_at is null;
create index channel_account_queue on channel_account (queue_id);

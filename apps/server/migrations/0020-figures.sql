-- Figures: what packages/metrics counts from the log, kept as sums that can be added.

-- Up to where the log was counted; written with what was counted, so that each event is counted once.
create table metric_cursor (
  one boolean primary key default true check (one),
  generation integer not null,
  tx xid8 not null,
  id bigint not null
);
insert into metric_cursor (generation, tx, id) select generation, '0', 0 from log_generation;

-- What is not over at the cursor: open contacts, people's time, issues that may come back (packages/metrics/src/follow.ts).
create table metric_life (
  kind text not null check (kind in ('contact', 'agent', 'issue')),
  id uuid not null,
  life jsonb not null,
  primary key (kind, id)
);

-- What is summed, in each of the tables below: the counters of packages/metrics/src/sums.ts; times are milliseconds.
create table metric_sums (
  offered float8 not null default 0, answered float8 not null default 0, answered_in_target float8 not null default 0,
  wait_ms float8 not null default 0, abandoned float8 not null default 0, abandoned_in_target float8 not null default 0,
  short_abandoned float8 not null default 0, unanswered float8 not null default 0, handed_on_unanswered float8 not null default 0,
  excluded float8 not null default 0, first_responses float8 not null default 0, first_response_ms float8 not null default 0,
  handled float8 not null default 0, talk_ms float8 not null default 0, wrap_up_ms float8 not null default 0,
  effort_ms float8 not null default 0, accepted float8 not null default 0, declined float8 not null default 0,
  missed float8 not null default 0, picked float8 not null default 0, ended float8 not null default 0, rated float8 not null default 0,
  top_two float8 not null default 0, top_box float8 not null default 0, bottom_box float8 not null default 0,
  first_line_issues float8 not null default 0, escalated_issues float8 not null default 0, coded float8 not null default 0,
  coded_resolved float8 not null default 0, busy_ms float8 not null default 0, available_ms float8 not null default 0,
  not_ready_ms float8 not null default 0
);

-- By quarter of an hour. No references: a figure outlives what it tells of.
create table metric_interval (
  at timestamptz not null,
  queue_id uuid not null,
  channel text not null,
  region text not null,
  like metric_sums including defaults,
  primary key (at, queue_id, channel, region)
);
create table metric_agent_interval (
  at timestamptz not null,
  agent_id uuid not null,
  -- Null: of the agent's time, which belongs to no queue.
  queue_id uuid,
  channel text,
  like metric_sums including defaults,
  unique nulls not distinct (agent_id, at, queue_id, channel)
);
create index metric_agent_interval_at on metric_agent_interval (at);

-- The same by day of the queue's zone, for months and years; and its distributions (packages/metrics/src/histogram.ts).
create table metric_day (
  day date not null,
  queue_id uuid not null,
  channel text not null,
  region text not null,
  like metric_sums including defaults,
  primary key (day, queue_id, channel, region)
);
create table metric_day_histogram (
  day date not null,
  queue_id uuid not null,
  channel text not null,
  region text not null,
  distribution text not null check (distribution in ('wait', 'firstResponse', 'handle')),
  bucket smallint not null,
  cases float8 not null,
  primary key (day, queue_id, channel, region, distribution, bucket)
);

drop table metric_sums;

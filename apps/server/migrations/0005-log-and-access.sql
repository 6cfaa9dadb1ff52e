-- The spine, and how people and visitors prove who they are.

-- A restore or an import starts a new generation; followers rebuild.
create table log_generation (
  one boolean primary key default true check (one),
  generation integer not null
);
insert into log_generation (generation) values (1);

-- Append-only. Payloads carry ids, enums, numbers and times, never text: erasing a person does not touch the log.
create sequence event_id;
create table event (
  tx xid8 not null default pg_current_xact_id(),
  id bigint not null default nextval('event_id'),
  at timestamptz not null,
  kind text not null,
  subject uuid not null,
  payload jsonb not null,
  primary key (id, at)
) partition by range (at);
create index event_order on event (tx, id);
create index event_subject on event (subject, id);
create table event_other partition of event default;

-- Makes the monthly partitions from `from_month` on; called by a migration and each month by a job.
create function create_event_partitions(from_month date, months integer) returns void language plpgsql as $$
declare
  month date;
begin
  for i in 0 .. months - 1 loop
    month := (date_trunc('month', from_month) + make_interval(months => i))::date;
    execute format(
      'create table if not exists %I partition of event for values from (%L) to (%L)',
      'event_' || to_char(month, 'YYYY_MM'),
      month::text || ' 00:00:00+00',
      (month + interval '1 month')::date::text || ' 00:00:00+00'
    );
  end loop;
end $$;
select create_event_partitions((now() at time zone 'UTC')::date, 3);

-- Everything that lets somebody in: random, stored as a hash, expiring.
create table credential (
  hash bytea primary key,
  kind text not null check (kind in ('setup', 'session', 'invite', 'reset', 'visitor')),
  agent_id uuid references agent,
  customer_id uuid references customer,
  channel_account_id uuid references channel_account,
  origin text,
  created_at timestamptz not null,
  -- Both must lie ahead: the end of its life, and the end of the time without use.
  expires_at timestamptz not null,
  idle_until timestamptz not null,
  check ((kind = 'visitor') = (customer_id is not null and channel_account_id is not null)),
  check ((kind in ('session', 'invite', 'reset')) = (agent_id is not null))
);
create index credential_agent on credential (agent_id) where agent_id is not null;
create index credential_customer on credential (customer_id) where customer_id is not null;
create index credential_expiry on credential (expires_at);

-- Wrong passwords by account and network: they delay, they never lock out.
create table sign_in_failure (
  account text not null,
  network text not null,
  failures integer not null,
  last_at timestamptz not null,
  primary key (account, network)
);

-- The answer that a repeated request gets.
create table idempotency (
  actor uuid not null,
  route text not null,
  key text not null check (length(key) between 1 and 200),
  request_hash bytea not null,
  result jsonb,
  created_at timestamptz not null,
  primary key (actor, route, key)
);
create index idempotency_age on idempotency (created_at);

-- What a supervisor sees and steers: all teams and queues, or those that are named here.

alter table agent
  add supervises_all_queues boolean not null default true,
  add supervises_all_teams boolean not null default true;

create table supervised_queue (
  agent_id uuid not null references agent,
  queue_id uuid not null references queue,
  primary key (agent_id, queue_id)
);
create index supervised_queue_queue on supervised_queue (queue_id);
create table supervised_team (
  agent_id uuid not null references agent,
  team_id uuid not null references team,
  primary key (agent_id, team_id)
);
create index supervised_team_team on supervised_team (team_id);

-- A hint: a supervisor's word to whoever has the contact in hand. Neither a reply nor the agent's own note.
alter table message drop constraint message_visibility_check;
alter table message add constraint message_visibility_check check (visibility in ('public', 'note', 'hint'));

-- Who read a contact without having it in hand, first and last.
create table contact_seen (
  contact_id uuid not null references contact,
  agent_id uuid not null references agent,
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (contact_id, agent_id),
  check (last_at >= first_at)
);

-- When a supervisor's screen calls: a figure of a queue (null: of any) beyond a threshold for some time.
create table floor_alert (
  agent_id uuid not null references agent,
  id uuid not null,
  queue_id uuid references queue,
  figure text not null check (figure in ('waiting', 'longestWait', 'serviceLevel', 'abandonment', 'firstResponse', 'available')),
  threshold float8 not null check (threshold >= 0),
  for_seconds integer not null check (for_seconds between 0 and 3600),
  primary key (agent_id, id)
);
create index floor_alert_queue on floor_alert (queue_id);

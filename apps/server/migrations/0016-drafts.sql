-- What an agent has begun to write and not sent. It follows them to another screen, and goes soon after the contact.
create table draft (
  contact_id uuid not null references contact,
  agent_id uuid not null references agent,
  reply text not null check (length(reply) <= 20000),
  note text not null check (length(note) <= 20000),
  wrap_up text not null check (length(wrap_up) <= 20000),
  changed_at timestamptz not null,
  primary key (contact_id, agent_id)
);
create index draft_agent on draft (agent_id);

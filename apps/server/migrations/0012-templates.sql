-- Ready answers, in the languages of customers: everybody's, or one agent's own. With a disposition it is a macro: sent, it
-- closes the contact with that outcome.
create table template (
  id uuid primary key,
  agent_id uuid references agent,
  name text not null check (length(name) between 1 and 120),
  ru text not null default '' check (length(ru) <= 4000),
  en text not null default '' check (length(en) <= 4000),
  disposition_id uuid references disposition,
  resolved boolean not null default true,
  version integer not null default 1,
  archived_at timestamptz,
  check (ru <> '' or en <> '')
);
create unique index template_name on template (lower(name)) where archived_at is null and agent_id is null;
create unique index template_own_name on template (agent_id, lower(name)) where archived_at is null and agent_id is not null;
create index template_agent on template (agent_id) where agent_id is not null;

create table template_use (
  template_id uuid not null references template,
  agent_id uuid not null references agent,
  uses integer not null check (uses > 0),
  used_at timestamptz not null,
  primary key (template_id, agent_id)
);

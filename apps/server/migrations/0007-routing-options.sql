-- What a queue may say beyond skills, priority and target; ROUTING.md §1.
alter table queue
  add column policy text not null default 'bestFit' check (policy in ('bestFit', 'mostSkilled', 'evenOccupancy')),
  -- A customer who comes back waits so long for the agent who helped last; 0: not at all.
  add column preferred_seconds integer not null default 0 check (preferred_seconds between 0 and 600),
  -- Relaxation steps by rising age: [{"afterSeconds": 60, "kind": "lowerLevels"} …], kinds as in the contract.
  add column rings jsonb not null default '[]' check (jsonb_typeof(rings) = 'array' and jsonb_array_length(rings) <= 10);

-- How busy an agent was lately: the share of time with something in hand, weighted by exp(−age / 30 min). While nothing
-- begins or ends, all idle shares shrink alike and all busy ones grow alike, so their order can be kept as one number.
alter table agent_capacity
  add column busy_share double precision not null default 0 check (busy_share between 0 and 1),
  add column busy_share_at timestamptz not null default now(),
  add column occupancy double precision not null default 0;

create function follow_occupancy() returns trigger language plpgsql as $$
declare
  was_busy boolean := old.voice + old.chat + old.mail > 0;
  is_busy boolean := new.voice + new.chat + new.mail > 0;
  decay double precision := exp(-greatest(0, extract(epoch from now() - old.busy_share_at)) / 1800);
  instant double precision := extract(epoch from now()) / 1800;
begin
  if was_busy = is_busy then return new; end if;
  new.busy_share := case when was_busy then 1 - (1 - old.busy_share) * decay else old.busy_share * decay end;
  new.busy_share_at := now();
  new.occupancy := case when is_busy then -ln(greatest(1 - new.busy_share, 1e-9)) - instant
    else ln(greatest(new.busy_share, 1e-9)) + instant end;
  return new;
end $$;
create trigger agent_capacity_occupancy before update of voice, chat, mail on agent_capacity
  for each row execute function follow_occupancy();

-- The agent who helped a customer last.
create index contact_customer_agent on contact (customer_id, closed_at desc) where agent_id is not null and closed_at is not null;

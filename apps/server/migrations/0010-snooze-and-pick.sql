-- A contact may be put off until a time or the customer's word: it occupies nobody and waits in no queue. And an agent may
-- take a waiting one, where the queue allows it.

alter table contact_routing
  add column snoozed_by uuid references agent,
  add column snoozed_until timestamptz,
  -- The time was told the customer; else it is only how long the customer's word is waited for.
  add column snooze_told boolean not null default false,
  drop constraint contact_routing_state_check,
  drop constraint contact_routing_check;
alter table contact_routing
  add check (state in ('queued', 'offered', 'active', 'wrapUp', 'snoozed')),
  add check ((state in ('queued', 'snoozed')) = (agent_id is null)),
  add check ((state = 'snoozed') = (snoozed_until is not null)),
  add check ((state = 'snoozed') = (snoozed_by is not null)),
  add check (state = 'snoozed' or not snooze_told);
create index contact_routing_snoozed on contact_routing (snoozed_by) where state = 'snoozed';
create index contact_routing_wake on contact_routing (snoozed_until) where state = 'snoozed';

alter table contact drop constraint contact_handed_cause_check;
alter table contact add check (handed_cause in ('transferred', 'escalated', 'agentLost', 'signedOut', 'woken'));

alter table queue
  -- Agents see who waits here and may take one of them.
  add column picking boolean not null default false,
  -- While the wait that is to be expected is longer than this, agents of that queue are asked, too.
  add column overflow_queue_id uuid references queue,
  add column overflow_seconds integer check (overflow_seconds between 1 and 86400),
  -- Kept by the process that distributes.
  add column overflowing boolean not null default false,
  add check ((overflow_queue_id is null) = (overflow_seconds is null)),
  add check (overflow_queue_id <> id),
  add check (not overflowing or overflow_queue_id is not null);

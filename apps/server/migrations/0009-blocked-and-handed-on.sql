-- A chat that ends because its customer was blocked did not end by the customer; and who takes a contact over wants to
-- know from whom it comes, and why.

alter table contact drop constraint contact_close_reason_check;
alter table contact add check (close_reason in ('abandoned', 'agentEnded', 'customerEnded', 'customerAway', 'customerSilent', 'blocked'));

-- The last return to a queue: why, who had it, when.
alter table contact
  add column handed_cause text check (handed_cause in ('transferred', 'escalated', 'agentLost', 'signedOut')),
  add column handed_by uuid references agent,
  add column handed_at timestamptz,
  add check ((handed_cause is null) = (handed_at is null));

-- A notice of Otklik's may name the agent who caused it.
alter table message drop constraint message_check;
alter table message add check (case author when 'agent' then agent_id is not null when 'customer' then agent_id is null else true end);

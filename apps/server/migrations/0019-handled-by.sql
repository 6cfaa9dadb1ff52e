-- What an agent has closed lately, however long it had been put off before.
create index contact_handled on contact (agent_id, closed_at) where closed_at is not null;

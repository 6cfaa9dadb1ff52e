-- A write of the leader shares the epoch (`for key share`): nobody else can take over until it has committed, and yet the leader goes
-- on renewing, because only the columns of a key are held. Without this a write that waited for a row cost the leadership.
alter table router_lease add constraint router_lease_epoch unique (epoch);

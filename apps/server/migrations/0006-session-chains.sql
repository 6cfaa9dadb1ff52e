-- A session gets a fresh token each hour; the chain is what stays the same, for an open desk and for signing out.
alter table credential add column chain uuid;
update credential set chain = gen_random_uuid() where kind = 'session';
alter table credential add constraint credential_chain check ((kind = 'session') = (chain is not null));
create index credential_chain on credential (chain) where chain is not null;

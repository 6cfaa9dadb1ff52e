-- Whether a conversation is put off, beside its words: a message of the customer waits for the lock of this row alone, and looks
-- again at this row alone once it has it. What contact_routing says may have changed while it waited.
alter table contact add column put_off boolean not null default false;
update contact set put_off = true from contact_routing r where r.contact_id = contact.id and r.state = 'snoozed';

-- How each queue asks for a rating; and who raised a contact to the second line, so that they see what becomes of it and get
-- the answer back.
alter table queue
  add column rating_style text not null default 'faces' check (rating_style in ('faces', 'stars', 'none')),
  add column rating_comment boolean not null default true,
  -- A customer is asked at most once in so many days; 0: after every contact.
  add column rating_days integer not null default 0 check (rating_days between 0 and 365);
create index rating_customer on rating (customer_id, rated_at desc);

alter table contact
  add column escalated_by uuid references agent,
  add column escalated_at timestamptz,
  -- Where it came from, and where the answer goes.
  add column escalated_from uuid references queue,
  add column answered_at timestamptz,
  add check ((escalated_by is null) = (escalated_at is null) and (escalated_by is null) = (escalated_from is null)),
  add check (answered_at is null or escalated_at is not null);
create index contact_escalated on contact (escalated_by, escalated_at desc) where escalated_by is not null;

alter table contact drop constraint contact_handed_cause_check;
alter table contact add check (handed_cause in ('transferred', 'escalated', 'agentLost', 'signedOut', 'woken', 'answered'));

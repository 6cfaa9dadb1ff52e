-- As whom the visitor came whom a merge has made somebody else: it stays with the row, so that undoing the merge gives back what
-- was begun since, too. Null: as the customer whose the row is. An issue is of one visitor.
alter table issue add column visitor_id uuid references customer;
alter table credential
  add column visitor_id uuid references customer,
  add check (visitor_id is null or kind = 'visitor');

-- What merges that stand have moved came from the first of them that names it.
with came as (
  select distinct on (key) key::uuid as id, merged_id from customer_merge, jsonb_array_elements_text(moved -> 'issue') key
  where undone_at is null order by key, merged_at
)
update issue i set visitor_id = came.merged_id from came where came.id = i.id and i.customer_id <> came.merged_id;
with came as (
  select distinct on (key) key::bytea as hash, merged_id from customer_merge, jsonb_array_elements_text(moved -> 'credential') key
  where undone_at is null order by key, merged_at
)
update credential c set visitor_id = came.merged_id from came where came.hash = c.hash and c.customer_id <> came.merged_id;

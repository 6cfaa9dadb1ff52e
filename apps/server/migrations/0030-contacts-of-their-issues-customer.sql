-- A contact is of the customer whose its issue is. Who changes the issue's customer changes that of its contacts.

-- One that is not gets an issue of its own customer.
with stray as (
  select c.issue_id, c.customer_id, gen_random_uuid() as own, min(i.owner_line) as owner_line, min(c.arrived_at) as opened_at,
    case when bool_and(c.closed_at is not null) then max(c.closed_at) end as closed_at
  from contact c join issue i on i.id = c.issue_id where i.customer_id <> c.customer_id group by c.issue_id, c.customer_id
), opened as (
  insert into issue (id, customer_id, owner_line, opened_at, closed_at) select own, customer_id, owner_line, opened_at, closed_at from stray
)
update contact c set issue_id = stray.own from stray where c.issue_id = stray.issue_id and c.customer_id = stray.customer_id;

alter table issue add constraint issue_of_customer unique (id, customer_id);
-- In place of two, each of which this one implies.
alter table contact
  drop constraint contact_issue_id_fkey,
  drop constraint contact_customer_id_fkey,
  add constraint contact_issue_of_customer foreign key (issue_id, customer_id) references issue (id, customer_id) on update cascade;

-- After a standstill longer than the partitions reached, what is logged first lies in the default partition: its month is made
-- beside it, with what lies there, and attached. Two servers that start together take turns.
create or replace function create_event_partitions(from_month date, months integer) returns void language plpgsql as $$
declare
  month date;
  name text;
  begins timestamptz;
  ends timestamptz;
begin
  perform pg_advisory_xact_lock(hashtextextended('create_event_partitions', 0));
  for i in 0 .. months - 1 loop
    month := (date_trunc('month', from_month) + make_interval(months => i))::date;
    name := 'event_' || to_char(month, 'YYYY_MM');
    begins := month::timestamp at time zone 'UTC';
    ends := (month + interval '1 month')::timestamp at time zone 'UTC';
    continue when to_regclass(name) is not null;
    if not exists (select from event_other where at >= begins and at < ends) then
      execute format('create table %I partition of event for values from (%L) to (%L)', name, begins, ends);
    else
      lock table event_other in access exclusive mode;
      execute format('create table %I (like event including all)', name);
      execute format('with moved as (delete from event_other where at >= %L and at < %L returning *) insert into %I select * from moved', begins, ends, name);
      execute format('alter table event attach partition %I for values from (%L) to (%L)', name, begins, ends);
    end if;
  end loop;
end $$;

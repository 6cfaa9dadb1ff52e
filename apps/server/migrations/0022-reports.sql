-- Reports over a month: distributions are kept four times, so that what is not told apart need not be added up; and what the
-- contacts behind a number are found by.

create table metric_day_histogram_by_queue (
  day date not null,
  queue_id uuid not null,
  channel text not null,
  distribution text not null check (distribution in ('wait', 'firstResponse', 'handle')),
  bucket smallint not null,
  cases float8 not null,
  primary key (queue_id, day, channel, distribution, bucket)
);
create table metric_day_histogram_by_region (
  day date not null,
  channel text not null,
  region text not null,
  distribution text not null check (distribution in ('wait', 'firstResponse', 'handle')),
  bucket smallint not null,
  cases float8 not null,
  primary key (day, region, channel, distribution, bucket)
);
create table metric_day_histogram_by_channel (
  day date not null,
  channel text not null,
  distribution text not null check (distribution in ('wait', 'firstResponse', 'handle')),
  bucket smallint not null,
  cases float8 not null,
  primary key (day, channel, distribution, bucket)
);
insert into metric_day_histogram_by_queue (day, queue_id, channel, distribution, bucket, cases)
  select day, queue_id, channel, distribution, bucket, sum(cases) from metric_day_histogram group by 1, 2, 3, 4, 5;
insert into metric_day_histogram_by_region (day, channel, region, distribution, bucket, cases)
  select day, channel, region, distribution, bucket, sum(cases) from metric_day_histogram group by 1, 2, 3, 4, 5;
insert into metric_day_histogram_by_channel (day, channel, distribution, bucket, cases)
  select day, channel, distribution, bucket, sum(cases) from metric_day_histogram group by 1, 2, 3, 4;

-- The finest one is only asked for queues and regions at once.
alter table metric_day_histogram drop constraint metric_day_histogram_pkey;
alter table metric_day_histogram add primary key (queue_id, region, day, channel, distribution, bucket);

-- Ratings of 1 and 2, so that with the others every score is told: counted from now on, and here for what was counted before.
alter table metric_interval add column bottom_two float8 not null default 0;
alter table metric_agent_interval add column bottom_two float8 not null default 0;
alter table metric_day add column bottom_two float8 not null default 0;
create temporary table low_rating on commit drop as
  select to_timestamp(floor((e.payload ->> 'endedAt')::float8 / 900000) * 900) as at, (e.payload ->> 'queueId')::uuid as queue_id,
    e.payload ->> 'channel' as channel, e.payload ->> 'region' as region, (e.payload ->> 'agentId')::uuid as agent_id, count(*)::float8 as cases
  from event e, metric_cursor c
  where e.kind = 'contact.rated' and (e.payload ->> 'score')::int <= 2 and (e.tx, e.id) <= (c.tx, c.id)
  group by 1, 2, 3, 4, 5;
update metric_interval m set bottom_two = l.cases
  from (select at, queue_id, channel, region, sum(cases) as cases from low_rating group by 1, 2, 3, 4) l
  where (m.at, m.queue_id, m.channel, m.region) = (l.at, l.queue_id, l.channel, l.region);
update metric_agent_interval m set bottom_two = l.cases
  from (select at, agent_id, queue_id, channel, sum(cases) as cases from low_rating where agent_id is not null group by 1, 2, 3, 4) l
  where (m.at, m.agent_id, m.queue_id, m.channel) = (l.at, l.agent_id, l.queue_id, l.channel);
update metric_day m set bottom_two = l.cases
  from (
    select (r.at at time zone coalesce(q.hours ->> 'timeZone', (select time_zone from company)))::date as day, r.queue_id, r.channel, r.region, sum(r.cases) as cases
    from low_rating r left join queue q on q.id = r.queue_id group by 1, 2, 3, 4
  ) l
  where (m.day, m.queue_id, m.channel, m.region) = (l.day, l.queue_id, l.channel, l.region);

-- People's figures by day of their site's zone, as queues have theirs; without a queue: of their time.
create table metric_agent_day (day date not null, like metric_agent_interval including defaults);
alter table metric_agent_day drop column at;
insert into metric_agent_day (
  day, agent_id, queue_id, channel,
  offered, answered, answered_in_target, wait_ms, abandoned, abandoned_in_target, short_abandoned, unanswered, handed_on_unanswered, excluded,
  first_responses, first_response_ms, handled, talk_ms, wrap_up_ms, effort_ms, accepted, declined, missed, picked, ended, rated, top_two, top_box,
  bottom_box, bottom_two, first_line_issues, escalated_issues, coded, coded_resolved, busy_ms, available_ms, not_ready_ms
)
select (m.at at time zone coalesce(s.time_zone, (select time_zone from company)))::date, m.agent_id, m.queue_id, m.channel,
  sum(m.offered), sum(m.answered), sum(m.answered_in_target), sum(m.wait_ms), sum(m.abandoned), sum(m.abandoned_in_target), sum(m.short_abandoned),
  sum(m.unanswered), sum(m.handed_on_unanswered), sum(m.excluded), sum(m.first_responses), sum(m.first_response_ms), sum(m.handled), sum(m.talk_ms),
  sum(m.wrap_up_ms), sum(m.effort_ms), sum(m.accepted), sum(m.declined), sum(m.missed), sum(m.picked), sum(m.ended), sum(m.rated), sum(m.top_two),
  sum(m.top_box), sum(m.bottom_box), sum(m.bottom_two), sum(m.first_line_issues), sum(m.escalated_issues), sum(m.coded), sum(m.coded_resolved),
  sum(m.busy_ms), sum(m.available_ms), sum(m.not_ready_ms)
from metric_agent_interval m left join agent a on a.id = m.agent_id left join team t on t.id = a.team_id left join site s on s.id = t.site_id
group by 1, 2, 3, 4;
alter table metric_agent_day add unique nulls not distinct (agent_id, day, queue_id, channel);
create index metric_agent_day_day on metric_agent_day (day);

-- What happened in a quarter of an hour: the log lies in the order of time, so that a summary of its blocks is enough.
create index event_at on event using brin (at) with (autosummarize = on);
create index rating_at on rating (rated_at desc, contact_id desc);

-- When a queue is open (packages/model/src/opening-hours.ts); null: always.
alter table queue
  add column hours jsonb check (hours is null or jsonb_typeof(hours) = 'object'),
  -- As the hours say now; kept by the process that distributes, within a second or two.
  add column is_open boolean not null default true,
  add column closed_text text not null default '' check (length(closed_text) <= 500),
  -- Closed: a message may be left and waits for the morning; else no contact begins.
  add column takes_messages boolean not null default true,
  -- Where what still comes to an archived queue goes.
  add column replaced_by uuid references queue,
  -- Shown before anybody queues, as long as it is not empty: an outage that everybody asks about.
  add column notice_text text not null default '' check (length(notice_text) <= 500);

-- Begun while the queue was closed: its customer is not expected to stay.
alter table contact add column left_message boolean not null default false;

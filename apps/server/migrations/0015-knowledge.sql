-- Articles: what agents look up while they answer. For all queues, or first of all for some.
create table article (
  id uuid primary key,
  title text not null check (length(title) between 1 and 120),
  body text not null check (length(body) between 1 and 20000),
  language text not null check (language in ('ru', 'en')),
  version integer not null default 1,
  updated_at timestamptz not null default now(),
  archived_at timestamptz
);
create unique index article_name on article (language, lower(title)) where archived_at is null;

create table article_queue (
  article_id uuid not null references article,
  queue_id uuid not null references queue,
  primary key (article_id, queue_id)
);
create index article_queue_queue on article_queue (queue_id);

-- Found by its words in any form, by a part of its title, and by a slip of the finger in either. Read often, written rarely.
create index article_words on article using gin (searchable(title || ' ' || body)) where archived_at is null;
create index article_title_like on article using gin (folded(title) gin_trgm_ops) where archived_at is null;
create index article_body_like on article using gin (folded(body) gin_trgm_ops) where archived_at is null;

-- The words of messages as they are searched, so that one that is written with a slip leads to those that were said. Each stands
-- here once, whoever said it. When somebody's words are forgotten they go from here, too, whoever else has said them: they come
-- back when they are said again.
create table said_word (
  word text primary key check (length(word) between 4 and 40)
);
create index said_word_like on said_word using gin (word gin_trgm_ops);

-- How far the log has been read for words. Whoever adds words or takes some away holds this row.
create table said_word_cursor (
  one boolean primary key default true check (one),
  generation integer not null,
  tx xid8 not null,
  id bigint not null
);
insert into said_word_cursor (generation, tx, id) select generation, '0', 0 from log_generation;

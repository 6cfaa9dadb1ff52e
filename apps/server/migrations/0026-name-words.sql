-- The words of customers' names, each once, so that a name with a slip is looked for among them and not in every name. A word stands
-- here as long as somebody's name holds it.
create table name_word (
  word text primary key check (length(word) between 3 and 40)
);
create index name_word_like on name_word using gin (word gin_trgm_ops);

create function name_words(name text) returns setof text language sql immutable strict parallel safe
begin atomic
  select distinct word from regexp_split_to_table(folded(name), '[^[:alnum:]]+') word where length(word) between 3 and 40;
end;

create function keep_name_words() returns trigger language plpgsql as $$
declare
  gone text[] := '{}';
begin
  if tg_op = 'UPDATE' then
    gone := array(select name_words(old.name) except select name_words(new.name));
  elsif tg_op = 'DELETE' then
    gone := array(select name_words(old.name));
  end if;
  if gone <> '{}' then
    -- Whoever names somebody meanwhile is waited for: else a word could go that their name holds.
    lock table name_word in share row exclusive mode;
    delete from name_word where word = any(gone) and not exists (select from customer where name is not null and folded(name) like '%' || word || '%');
  end if;
  if tg_op <> 'DELETE' then
    insert into name_word select word from name_words(new.name) word order by word on conflict do nothing;
  end if;
  return null;
end $$;

create trigger customer_named after insert on customer for each row when (new.name is not null) execute function keep_name_words();
create trigger customer_renamed after update of name on customer for each row when (new.name is distinct from old.name) execute function keep_name_words();
create trigger customer_gone after delete on customer for each row when (old.name is not null) execute function keep_name_words();

insert into name_word select distinct word from customer, name_words(name) word where name is not null;

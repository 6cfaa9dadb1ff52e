-- What a customer is told and asked.

-- The queue's texts in both languages; what stood there is in the company's.
alter table queue
  add column greeting_words jsonb not null default '{"ru": "", "en": ""}' check (greeting_words ?& array['ru', 'en']),
  add column notice_words jsonb not null default '{"ru": "", "en": ""}' check (notice_words ?& array['ru', 'en']),
  add column closed_words jsonb not null default '{"ru": "", "en": ""}' check (closed_words ?& array['ru', 'en']);
update queue set
  greeting_words = greeting_words || jsonb_build_object(company.language, greeting),
  notice_words = notice_words || jsonb_build_object(company.language, notice_text),
  closed_words = closed_words || jsonb_build_object(company.language, closed_text)
from company;
alter table queue drop column greeting, drop column notice_text, drop column closed_text;
alter table queue rename column greeting_words to greeting;
alter table queue rename column notice_words to notice_text;
alter table queue rename column closed_words to closed_text;

-- When its customer was asked for a rating, answered or not.
alter table contact add column rating_asked_at timestamptz;
update contact c set rating_asked_at = r.rated_at from rating r where r.contact_id = c.id and r.rated_at > now() - interval '365 days';

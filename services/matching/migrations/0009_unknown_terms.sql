-- Words that many records say and no concept covers. Counting them reads thousands of annotations, so it is done now and then by the
-- worker, and asked of this table.

create table :schema.unknown_term (
  language text not null,
  -- Most frequent first, by language.
  place int not null,
  term text not null,
  records int not null,
  -- Some of the records that say it, and where: [{id, span}].
  samples jsonb not null,
  primary key (language, place)
);

-- When, in which edition and over how many records they were counted, and how far the libraries' feeds were by then.
create table :schema.unknown_term_count (
  single boolean primary key default true check (single),
  edition text not null,
  counted_at timestamptz not null,
  records int not null,
  feed bigint not null
);

alter table :schema.unknown_term enable row level security;
alter table :schema.unknown_term force row level security;
create policy unknown_term_service on :schema.unknown_term for all to :role
  using ((select siku.actor_is_service())) with check ((select siku.actor_is_service()));
create policy unknown_term_owner on :schema.unknown_term for all to current_user using (true) with check (true);

alter table :schema.unknown_term_count enable row level security;
alter table :schema.unknown_term_count force row level security;
create policy unknown_term_count_service on :schema.unknown_term_count for all to :role
  using ((select siku.actor_is_service())) with check ((select siku.actor_is_service()));
create policy unknown_term_count_owner on :schema.unknown_term_count for all to current_user using (true) with check (true);

grant select, insert, delete on :schema.unknown_term to :role;
grant select, insert, update on :schema.unknown_term_count to :role;

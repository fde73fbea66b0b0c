-- Vectors of published texts by an embedding model, and the spaces they live in. Only vectors of the current space are ever compared.

create table :schema.embedding_space (
  -- Model, length, way of telling roles, and the reference texts: with another id vectors are not comparable.
  id text primary key,
  model text not null,
  dimensions int not null check (dimensions > 0),
  -- Vectors of the reference texts in their order, float32 little-endian, one after the other: the measure of hubness.
  demand_reference bytea not null,
  technology_reference bytea not null,
  is_current boolean not null default false,
  since timestamptz not null
);
create unique index embedding_space_current on :schema.embedding_space (is_current) where is_current;

create sequence :schema.vector_position;
create table :schema.vector (
  record_id uuid not null,
  library text not null,
  space text not null references :schema.embedding_space (id),
  -- 0 where the record is not offered any more: the row then says only that.
  version int not null,
  -- SHA-256 of the text that was embedded: the same text is not sent again.
  text_hash text not null,
  dimensions int not null,
  -- As a need asks and as an offer answers; float32 little-endian.
  query bytea not null,
  passage bytea not null,
  nearness double precision not null,
  -- Rises in the order of commits: writers hold one lock.
  position bigint not null,
  embedded_at timestamptz not null,
  primary key (record_id, space),
  check (octet_length(query) = dimensions * 4 and octet_length(passage) = dimensions * 4)
);
create index vector_by_position on :schema.vector (space, position);

alter table :schema.embedding_space enable row level security;
alter table :schema.embedding_space force row level security;
create policy embedding_space_service on :schema.embedding_space for all to :role
  using ((select siku.actor_is_service())) with check ((select siku.actor_is_service()));
create policy embedding_space_owner on :schema.embedding_space for all to current_user using (true) with check (true);

-- A vector tells much of its text, so nobody but services reads one.
alter table :schema.vector enable row level security;
alter table :schema.vector force row level security;
create policy vector_service on :schema.vector for all to :role
  using ((select siku.actor_is_service())) with check ((select siku.actor_is_service()));
create policy vector_owner on :schema.vector for all to current_user using (true) with check (true);

-- Counts for those who run the system and never need to read a vector.
create function :schema.embedding_summary() returns table (model text, is_current boolean, vectors int, since timestamptz)
language sql stable security definer set search_path = :schema, pg_temp as $$
  select s.model, s.is_current, (select count(*)::int from vector v where v.space = s.id and v.version > 0), s.since from embedding_space s order by s.since
$$;

-- With which vectors a list was made; null where concepts alone made it.
alter table :schema.list_run add column embedding_space text;

grant select, insert, update on :schema.embedding_space to :role;
grant select, insert, update, delete on :schema.vector to :role;
grant usage on sequence :schema.vector_position to :role;
revoke execute on function :schema.embedding_summary() from public;
grant execute on function :schema.embedding_summary() to :role;

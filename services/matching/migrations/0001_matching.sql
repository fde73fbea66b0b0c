-- Matches, what people decided on them, and the lists they were decided from.
-- Staff and services read all; the owner of a technology only its own lines; the demand side nothing but a count.

create schema :schema;
grant usage on schema :schema to :role;

create table :schema.match (
  id uuid primary key,
  demand_id uuid not null,
  technology_id uuid not null,
  demand_version int not null,
  technology_version int not null,
  demand_owner_key text not null,
  technology_owner_key text not null,
  -- Country that asks, for the queue.
  country text,
  score_millionths int not null,
  band text not null check (band in ('strong', 'good', 'possible')),
  explanation jsonb not null,
  features jsonb not null,
  thesaurus_edition text not null,
  weights_version text not null,
  -- SHA-256 over everything the score run computed: equal content is not written again.
  content_hash text not null,
  -- Hash of the texts without later dates and translations: whether a new version is material.
  demand_material text not null,
  technology_material text not null,
  state text not null default 'proposed' check (state in ('proposed', 'in-review', 'approved', 'rejected', 'deferred', 'withdrawn')),
  uncleared boolean not null default false,
  changed boolean not null default false,
  renewed boolean not null default false,
  closed boolean not null default false,
  -- What a reviewer had before `changed`: versions, score and band.
  previous jsonb,
  revision int not null default 1,
  proposed_at timestamptz not null,
  updated_at timestamptz not null,
  taken_by text,
  taken_at timestamptz,
  decided_by text,
  decided_at timestamptz,
  decline_code text,
  note text,
  deferred_until date,
  unique (demand_id, technology_id),
  check ((state = 'deferred') = (deferred_until is not null)),
  check (state <> 'rejected' or decline_code is not null)
) with (fillfactor = 80);
create index match_by_technology on :schema.match (technology_id);
create index match_by_owner on :schema.match (technology_owner_key);
create index match_by_strength on :schema.match (state, score_millionths desc, id);
create index match_by_age on :schema.match (state, proposed_at, id);
create index match_due on :schema.match (deferred_until) where state = 'deferred';

-- One row for every step of a person or clock; with the list as it was shown, because lists go on changing.
create table :schema.decision (
  id uuid primary key,
  match_id uuid not null references :schema.match (id),
  event text not null,
  from_state text not null,
  to_state text not null,
  code text,
  note text,
  deferred_until date,
  actor_id text not null,
  at timestamptz not null,
  score_millionths int not null,
  shown jsonb not null
);
create index decision_by_match on :schema.decision (match_id, at);

-- Every run that changes a list leaves the whole list, so that it can be rebuilt and learned from.
create table :schema.list_run (
  id uuid primary key,
  library text not null,
  record_id uuid not null,
  record_version int not null,
  record_revision int not null,
  thesaurus_edition text not null,
  weights_version text not null,
  threshold_millionths int not null,
  cause text not null,
  cause_id text,
  -- More candidates than the budget of one run: the nightly full run looks again.
  cut boolean not null default false,
  items jsonb not null,
  added int not null,
  changed int not null,
  withdrawn int not null,
  at timestamptz not null
);
create index list_run_by_record on :schema.list_run (record_id, at desc);

create function :schema.actor_decides() returns boolean language sql stable parallel safe set search_path = pg_catalog, pg_temp as $$
  select coalesce(siku.actor() -> 'roles' ?| array['match-officer', 'reviewer', 'senior-reviewer', 'commission-admin'], false)
$$;

alter table :schema.match enable row level security;
alter table :schema.match force row level security;
create policy match_all on :schema.match for select to :role
  using ((select siku.actor_is_service()) or (select siku.actor_is_staff()));
-- The inner select runs under the reader's own rights on published.document.
create policy match_supplier on :schema.match for select to :role using (
  technology_owner_key = (select siku.actor_key()) and state in ('proposed', 'in-review', 'deferred', 'approved') and not closed
  and exists (select 1 from published.document d where d.id = demand_id)
);
create policy match_propose on :schema.match for insert to :role with check ((select siku.actor_is_service()));
create policy match_change on :schema.match for update to :role
  using ((select siku.actor_is_service()) or (select :schema.actor_decides()))
  with check ((select siku.actor_is_service()) or (select :schema.actor_decides()));
create policy match_owner on :schema.match for all to current_user using (true) with check (true);

alter table :schema.decision enable row level security;
alter table :schema.decision force row level security;
create policy decision_read on :schema.decision for select to :role
  using ((select siku.actor_is_service()) or (select siku.actor_is_staff()));
create policy decision_write on :schema.decision for insert to :role
  with check ((select siku.actor_is_service()) or (select :schema.actor_decides()));
create policy decision_owner on :schema.decision for all to current_user using (true) with check (true);

alter table :schema.list_run enable row level security;
alter table :schema.list_run force row level security;
create policy list_run_read on :schema.list_run for select to :role
  using ((select siku.actor_is_service()) or (select siku.actor_is_staff()));
create policy list_run_write on :schema.list_run for insert to :role with check ((select siku.actor_is_service()));
create policy list_run_owner on :schema.list_run for all to current_user using (true) with check (true);

-- The demand side learns how many, never which: null unless the demand is the reader's own (or the reader is staff).
-- Uncleared technologies are never counted towards the demand side.
create function :schema.count_for_demand(p_demand uuid) returns int
language sql stable security definer set search_path = :schema, published, siku, pg_temp as $$
  select case when siku.actor_is_staff() or siku.actor_is_service() or d.owner_key = siku.actor_key() then (
    select count(*)::int from match m
    where m.demand_id = d.id and m.state in ('proposed', 'in-review', 'deferred', 'approved') and not m.uncleared and not m.closed
  ) end
  from document d where d.id = p_demand and d.library = 'cooperation-demand' and not d.tombstone
$$;

-- Counts for those who run the system and never need to read a match.
create function :schema.state_summary() returns table (state text, count int, oldest_seconds double precision)
language sql stable security definer set search_path = :schema, pg_temp as $$
  select m.state, count(*)::int, extract(epoch from now() - min(m.proposed_at))::double precision from match m group by m.state
$$;
create function :schema.published_summary() returns table (library text, records int, waiting int)
language sql stable security definer set search_path = published, pg_temp as $$
  select d.library, (count(*) filter (where not d.tombstone))::int, (count(*) filter (where d.position is null))::int
  from document d group by d.library
$$;

grant select, insert, update on :schema.match to :role;
grant select, insert on :schema.decision, :schema.list_run to :role;
revoke execute on all functions in schema :schema from public;
grant execute on all functions in schema :schema to :role;

-- Changes to the thesaurus: proposed by one of the staff, reviewed by another, published together as an edition.

create table :schema.thesaurus_change (
  id uuid primary key,
  change jsonb not null,
  note text,
  state text not null default 'proposed' check (state in ('proposed', 'approved', 'rejected', 'published')),
  revision int not null default 1,
  proposed_by text not null,
  proposed_at timestamptz not null,
  reviewed_by text check (reviewed_by <> proposed_by),
  reviewed_at timestamptz,
  reason text,
  -- Place among the approved: changes build on each other in the order of their approval.
  place bigint unique,
  -- Number of the edition that brought it.
  edition int,
  check ((state = 'proposed') = (reviewed_by is null)),
  check ((state in ('approved', 'published')) = (place is not null)),
  check ((state = 'published') = (edition is not null))
);
create sequence :schema.thesaurus_change_place;
create index thesaurus_change_by_age on :schema.thesaurus_change (state, proposed_at, id);

alter table :schema.thesaurus_change enable row level security;
alter table :schema.thesaurus_change force row level security;
create policy thesaurus_change_read on :schema.thesaurus_change for select to :role
  using ((select siku.actor_is_service()) or (select siku.actor_is_staff()));
create policy thesaurus_change_propose on :schema.thesaurus_change for insert to :role with check (
  state = 'proposed' and proposed_by = (select siku.actor() ->> 'id') and (select siku.actor() -> 'roles'
    ?| array['intake', 'reviewer', 'senior-reviewer', 'match-officer', 'commission-admin']));
create policy thesaurus_change_review on :schema.thesaurus_change for update to :role
  using ((select siku.actor() -> 'roles' ?| array['reviewer', 'senior-reviewer', 'commission-admin']))
  with check ((select siku.actor() -> 'roles' ?| array['reviewer', 'senior-reviewer', 'commission-admin']));
create policy thesaurus_change_owner on :schema.thesaurus_change for all to current_user using (true) with check (true);
grant select, insert, update on :schema.thesaurus_change to :role;
grant usage on sequence :schema.thesaurus_change_place to :role;

-- How many records wait for a translation, for those who run the system and never need to read one.
create function :schema.untranslated_summary(p_edition text) returns table (library text, records int)
language sql stable security definer set search_path = published, pg_temp as $$
  select d.library, count(*)::int from annotation a join document d on d.id = a.id and d.version = a.version
  where a.edition = p_edition and a.annotation ? 'needsTranslation' and not d.tombstone group by d.library
$$;
revoke execute on function :schema.untranslated_summary(text) from public;
grant execute on function :schema.untranslated_summary(text) to :role;

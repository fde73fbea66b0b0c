-- One row for each demand: which project results are precedents for it and which institutions can carry it, with the reasons as data.
-- The shortlist is not stored here: it is the demand's matches as they stand.

create table :schema.dossier (
  demand_id uuid primary key,
  demand_version int not null,
  -- Six each: [{library, id, version, scoreMillionths, reasons}], best first. Shown are the first three that the reader may see.
  precedents jsonb not null,
  institutions jsonb not null,
  thesaurus_edition text not null,
  weights_version text not null,
  -- SHA-256 over everything above: equal content is not written again.
  content_hash text not null,
  computed_at timestamptz not null
);
-- A record that changes asks the demands whose dossier names it.
create index dossier_by_precedent on :schema.dossier using gin (precedents jsonb_path_ops);
create index dossier_by_institution on :schema.dossier using gin (institutions jsonb_path_ops);

alter table :schema.dossier enable row level security;
alter table :schema.dossier force row level security;
create policy dossier_read on :schema.dossier for select to :role
  using ((select siku.actor_is_service()) or (select siku.actor_is_staff()));
-- The inner select runs under the reader's own rights on published.document.
create policy dossier_asker on :schema.dossier for select to :role using (
  exists (select 1 from published.document d where d.id = demand_id and d.owner_key = (select siku.actor_key()))
);
create policy dossier_write on :schema.dossier for insert to :role with check ((select siku.actor_is_service()));
create policy dossier_change on :schema.dossier for update to :role
  using ((select siku.actor_is_service())) with check ((select siku.actor_is_service()));
create policy dossier_remove on :schema.dossier for delete to :role using ((select siku.actor_is_service()));
create policy dossier_owner on :schema.dossier for all to current_user using (true) with check (true);
grant select, insert, update, delete on :schema.dossier to :role;

-- Tables of one library. `:schema`, `:role`, `:contact_role`, `:library` are filled in by the migrator.
create schema :schema;
grant usage on schema :schema to :role, :contact_role;

create sequence :schema.reference;
grant usage on sequence :schema.reference to :role;

create table :schema.record (
  id uuid primary key,
  reference text not null unique,
  record_type text not null,
  state text not null default 'new',
  latest_version int not null default 1,
  published_version int,
  working_version int,
  working_state text,
  owner_organisation_id uuid not null,
  owner jsonb not null,
  source_language text not null,
  visibility text not null,
  open_for_interest boolean not null default true,
  control_state text not null,
  cleared_countries text[] not null default '{}',
  screening_state text not null default 'not-screened',
  handler_id text,
  return_reasons jsonb not null default '[]',
  review_notes jsonb not null default '[]',
  valid_until timestamptz,
  renewals int not null default 0,
  last_confirmed_at timestamptz,
  merged_into uuid references :schema.record (id),
  revision int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  submitted_at timestamptz,
  published_at timestamptz,
  check ((working_version is null) = (working_state is null))
);
create index record_recent on :schema.record (updated_at desc, id desc);
create index record_owner on :schema.record (owner_organisation_id, updated_at desc, id desc);
create index record_queue on :schema.record (working_state, submitted_at, id) where working_state is not null;
create index record_clock on :schema.record (last_confirmed_at) where state in ('published', 'paused');

create table :schema.version (
  record_id uuid not null references :schema.record (id),
  version int not null,
  state text not null,
  -- Everyone who wrote in it; none of them may approve it.
  authors jsonb not null,
  draft jsonb not null,
  hash text not null,
  confirmed_leaks jsonb not null default '[]',
  created_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  primary key (record_id, version)
);

-- A version that was approved is history.
create function :schema.keep_versions() returns trigger language plpgsql as $$
begin
  if old.state = 'approved' and new is distinct from old then
    raise exception 'version % of % is published and cannot change', old.version, old.record_id using errcode = '55000';
  end if;
  return new;
end $$;
create trigger version_is_kept before update on :schema.version for each row execute function :schema.keep_versions();

create table :schema.control_decision (
  id uuid primary key,
  record_id uuid not null references :schema.record (id),
  version int not null,
  -- Hash of the text that was assessed: a clearance holds for no other.
  hash text not null,
  state text not null,
  edition text,
  note text,
  letter jsonb,
  assessed_by text not null,
  assessed_at timestamptz not null,
  confirmed_by text,
  confirmed_at timestamptz,
  withdrawn_at timestamptz,
  check (confirmed_by is distinct from assessed_by)
);
create unique index control_decision_open on :schema.control_decision (record_id) where confirmed_at is null and withdrawn_at is null;
create index control_decision_record on :schema.control_decision (record_id, assessed_at);

create table :schema.file (
  id uuid primary key,
  record_id uuid not null references :schema.record (id),
  title text not null,
  name text not null,
  media_type text not null,
  size int not null,
  sha256 text not null,
  language text,
  confidentiality text not null,
  personal boolean not null default false,
  ordinal int not null,
  added_by text not null,
  added_at timestamptz not null,
  removed_at timestamptz
);
create index file_record on :schema.file (record_id, ordinal) where removed_at is null;

-- Contact data has its own table and its own login; every reading leaves a row.
create table :schema.contact (
  record_id uuid primary key,
  owner_organisation_id uuid not null,
  contact jsonb not null,
  revision int not null default 1,
  updated_by text not null,
  updated_at timestamptz not null
);
create table :schema.contact_access (
  id uuid primary key,
  record_id uuid not null,
  actor_id text not null,
  organisation_id uuid,
  basis text not null,
  request_id text not null,
  at timestamptz not null
);

alter table :schema.record enable row level security;
alter table :schema.record force row level security;
create policy record_owner on :schema.record for all to current_user using (true) with check (true);
create policy record_read on :schema.record for select to :role using (
  (select siku.actor_is_service()) or (select siku.actor_is_staff()) or owner_organisation_id = (select siku.actor_organisation())
  or exists (select from published.document d where d.id = record.id)
);
create policy record_insert on :schema.record for insert to :role with check (
  (select siku.actor_is_service()) or (select siku.actor_is_staff()) or owner_organisation_id = (select siku.actor_organisation())
);
create policy record_update on :schema.record for update to :role using (
  (select siku.actor_is_service()) or (select siku.actor_is_staff()) or owner_organisation_id = (select siku.actor_organisation())
);

alter table :schema.version enable row level security;
alter table :schema.version force row level security;
create policy version_owner on :schema.version for all to current_user using (true) with check (true);
create policy version_read on :schema.version for select to :role using (
  exists (
    select from :schema.record r where r.id = record_id and (
      (select siku.actor_is_service()) or (select siku.actor_is_staff()) or r.owner_organisation_id = (select siku.actor_organisation())
      or r.published_version = version.version
    )
  )
);
create policy version_insert on :schema.version for insert to :role with check (
  exists (select from :schema.record r where r.id = record_id and (
    (select siku.actor_is_service()) or (select siku.actor_is_staff()) or r.owner_organisation_id = (select siku.actor_organisation())))
);
create policy version_update on :schema.version for update to :role using (
  exists (select from :schema.record r where r.id = record_id and (
    (select siku.actor_is_service()) or (select siku.actor_is_staff()) or r.owner_organisation_id = (select siku.actor_organisation())))
);

alter table :schema.control_decision enable row level security;
alter table :schema.control_decision force row level security;
create policy control_owner on :schema.control_decision for all to current_user using (true) with check (true);
create policy control_read on :schema.control_decision for select to :role using (
  (select siku.actor_is_service()) or (select siku.actor_is_staff())
  or exists (select from :schema.record r where r.id = record_id and r.owner_organisation_id = (select siku.actor_organisation()))
);
create policy control_insert on :schema.control_decision for insert to :role with check ((select siku.actor_is_staff()) or (select siku.actor_is_service()));
create policy control_update on :schema.control_decision for update to :role using ((select siku.actor_is_staff()) or (select siku.actor_is_service()));

alter table :schema.file enable row level security;
alter table :schema.file force row level security;
create policy file_owner on :schema.file for all to current_user using (true) with check (true);
create policy file_read on :schema.file for select to :role using (
  exists (select from :schema.record r where r.id = record_id and (
    (select siku.actor_is_service()) or (select siku.actor_is_staff()) or r.owner_organisation_id = (select siku.actor_organisation())
    or confidentiality = 'public' or (confidentiality = 'network' and (select siku.actor_is_verified()))))
);
create policy file_write on :schema.file for insert to :role with check (
  exists (select from :schema.record r where r.id = record_id and (
    (select siku.actor_is_service()) or (select siku.actor_is_staff()) or r.owner_organisation_id = (select siku.actor_organisation())))
);
create policy file_update on :schema.file for update to :role using (
  exists (select from :schema.record r where r.id = record_id and (
    (select siku.actor_is_service()) or (select siku.actor_is_staff()) or r.owner_organisation_id = (select siku.actor_organisation())))
);

alter table :schema.contact enable row level security;
alter table :schema.contact force row level security;
create policy contact_owner on :schema.contact for all to current_user using (true) with check (true);
create policy contact_own on :schema.contact for all to :contact_role
  using ((select siku.actor_is_staff()) or owner_organisation_id = (select siku.actor_organisation()))
  with check ((select siku.actor_is_staff()) or owner_organisation_id = (select siku.actor_organisation()));

grant select, insert, update on :schema.record, :schema.version, :schema.control_decision, :schema.file to :role;
grant select, insert, update on :schema.contact to :contact_role;
grant insert, select on :schema.contact_access to :contact_role;

-- The library writes its own rows of the public face and no others.
grant insert, update on published.document to :role;
create policy document_insert_:schema on published.document for insert to :role with check (library = ':library');
create policy document_update_:schema on published.document for update to :role using (library = ':library') with check (library = ':library');

-- Files belong to versions, bytes follow the files, readers outside meet values of what is published only.

-- What readers outside get as revision and time of change: both move with the public face and with nothing else.
alter table :schema.record add column face_revision int, add column face_updated_at timestamptz;
update :schema.record r set face_revision = d.revision, face_updated_at = date_trunc('milliseconds', d.changed_at)
  from published.document d where d.id = r.id;
create index record_face_recent on :schema.record (face_updated_at desc, id desc) where face_updated_at is not null;

-- A version holds the files that were added up to it and not removed up to it.
alter table :schema.file add column added_version int, add column removed_version int;
update :schema.file set added_version = 1, removed_version = case when removed_at is not null then 1 end;
alter table :schema.file alter column added_version set not null,
  add foreign key (record_id, added_version) references :schema.version (record_id, version),
  add check (removed_version >= added_version),
  add check ((removed_version is null) = (removed_at is null));
drop index :schema.file_record;
create index file_record on :schema.file (record_id, ordinal);
create index file_blob on :schema.file (sha256);

-- Others get the files of the published version, each by its class. What was added and taken back within one draft is in no version.
drop policy file_read on :schema.file;
create policy file_read on :schema.file for select to :role using (
  exists (select from :schema.record r where r.id = record_id and (
    (select siku.actor_is_service()) or (select siku.actor_is_staff()) or r.owner_organisation_id = (select siku.actor_organisation())
    or (
      added_version <= r.published_version and (removed_version is null or removed_version > r.published_version)
      and (confidentiality = 'public' or (confidentiality = 'network' and (select siku.actor_is_verified())))
    )))
);

-- The files of an approved version are as fixed as its text: nothing is added to it, removed from it or brought back.
drop policy file_write on :schema.file;
create policy file_write on :schema.file for insert to :role with check (
  exists (select from :schema.record r where r.id = record_id and (
    (select siku.actor_is_service()) or (select siku.actor_is_staff()) or r.owner_organisation_id = (select siku.actor_organisation())))
  and not exists (
    select from :schema.version v where v.record_id = file.record_id and v.version >= file.added_version and v.state = 'approved')
);
drop policy file_update on :schema.file;
create policy file_update on :schema.file for update to :role using (
  exists (select from :schema.record r where r.id = record_id and (
    (select siku.actor_is_service()) or (select siku.actor_is_staff()) or r.owner_organisation_id = (select siku.actor_organisation())))
  and not exists (
    select from :schema.version v where v.record_id = file.record_id and v.version >= file.removed_version and v.state = 'approved')
);
revoke update on :schema.file from :role;
grant update (removed_version, removed_at) on :schema.file to :role;

-- Bytes are read by whoever may read a file that holds them, and written for a file of a record that is one's own to write.
create policy blob_read_:schema on blobs.blob for select to :role using (
  exists (select from :schema.file f where f.sha256 = blob.sha256)
);
create policy blob_insert_:schema on blobs.blob for insert to :role with check (
  exists (select from :schema.file f join :schema.record r on r.id = f.record_id where f.sha256 = blob.sha256 and (
    (select siku.actor_is_service()) or (select siku.actor_is_staff()) or r.owner_organisation_id = (select siku.actor_organisation())))
);
create policy chunk_read_:schema on blobs.chunk for select to :role using (
  exists (select from :schema.file f where f.sha256 = chunk.sha256)
);
create policy chunk_insert_:schema on blobs.chunk for insert to :role with check (
  exists (select from :schema.file f join :schema.record r on r.id = f.record_id where f.sha256 = chunk.sha256 and (
    (select siku.actor_is_service()) or (select siku.actor_is_staff()) or r.owner_organisation_id = (select siku.actor_organisation())))
);
grant select, insert on blobs.blob, blobs.chunk to :role;

-- An assessment that nobody confirmed, or that was taken back, is the staff's own paper.
drop policy control_read on :schema.control_decision;
create policy control_read on :schema.control_decision for select to :role using (
  (select siku.actor_is_service()) or (select siku.actor_is_staff())
  or (confirmed_at is not null
    and exists (select from :schema.record r where r.id = record_id and r.owner_organisation_id = (select siku.actor_organisation())))
);

-- Records of one library that look like the same thing said twice, perhaps in two languages; people confirm or dismiss.

create table :schema.duplicate (
  id uuid primary key,
  library text not null,
  a_id uuid not null,
  b_id uuid not null,
  a_version int not null,
  b_version int not null,
  likeness_millionths int not null,
  same_owner boolean not null,
  state text not null default 'open' check (state in ('open', 'confirmed', 'dismissed')),
  revision int not null default 1,
  found_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  check (a_id < b_id),
  check ((state = 'open') = (decided_by is null)),
  unique (a_id, b_id)
);
create index duplicate_by_other on :schema.duplicate (b_id);
create index duplicate_by_likeness on :schema.duplicate (state, likeness_millionths desc, id);

alter table :schema.duplicate enable row level security;
alter table :schema.duplicate force row level security;
create policy duplicate_read on :schema.duplicate for select to :role
  using ((select siku.actor_is_service()) or (select siku.actor_is_staff()));
create policy duplicate_write on :schema.duplicate for insert to :role with check ((select siku.actor_is_service()));
create policy duplicate_change on :schema.duplicate for update to :role
  using ((select siku.actor_is_service()) or (select :schema.actor_decides()))
  with check ((select siku.actor_is_service()) or (select :schema.actor_decides()));
create policy duplicate_remove on :schema.duplicate for delete to :role using ((select siku.actor_is_service()));
create policy duplicate_owner on :schema.duplicate for all to current_user using (true) with check (true);
grant select, insert, update, delete on :schema.duplicate to :role;

-- Weights that a run was made with: a replay needs them long after the file has changed.

create table :schema.weights (
  version text primary key,
  content jsonb not null,
  stored_at timestamptz not null default now()
);
alter table :schema.weights enable row level security;
alter table :schema.weights force row level security;
create policy weights_read on :schema.weights for select to :role
  using ((select siku.actor_is_service()) or (select siku.actor_is_staff()));
create policy weights_write on :schema.weights for insert to :role with check ((select siku.actor_is_service()));
create policy weights_owner on :schema.weights for all to current_user using (true) with check (true);
grant select, insert on :schema.weights to :role;

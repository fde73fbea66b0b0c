-- What was shown to whom by role, and which weights are in force: candidates are made by a command and promoted by a person.

alter table :schema.weights
  add column state text not null default 'shipped' check (state in ('shipped', 'candidate', 'current', 'former')),
  add column made_from text,
  add column report jsonb,
  add column promoted_at timestamptz;
create unique index weights_current on :schema.weights ((true)) where state = 'current';

-- One row each time a list is opened: no person, only the kind of reader.
create table :schema.shown (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  view text not null check (view in ('staff', 'owner')),
  demand_id uuid not null,
  thesaurus_edition text not null,
  weights_version text not null,
  -- Match ids in the order they were shown.
  matches uuid[] not null
);
create index shown_by_demand on :schema.shown (demand_id, at desc);

create function :schema.actor_operates() returns boolean language sql stable parallel safe set search_path = pg_catalog, pg_temp as $$
  select coalesce(siku.actor() -> 'roles' ? 'operator', false)
$$;
revoke execute on function :schema.actor_operates() from public;
grant execute on function :schema.actor_operates() to :role;
create policy weights_change on :schema.weights for update to :role
  using ((select :schema.actor_operates())) with check ((select :schema.actor_operates()));
create policy weights_make on :schema.weights for insert to :role with check ((select :schema.actor_operates()));
grant update on :schema.weights to :role;

alter table :schema.shown enable row level security;
alter table :schema.shown force row level security;
create policy shown_read on :schema.shown for select to :role
  using ((select siku.actor_is_service()) or (select siku.actor_is_staff()));
create policy shown_write on :schema.shown for insert to :role with check (true);
create policy shown_owner on :schema.shown for all to current_user using (true) with check (true);
grant select, insert on :schema.shown to :role;

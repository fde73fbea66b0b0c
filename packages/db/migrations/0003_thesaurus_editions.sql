-- Editions of the thesaurus that staff made at run time: the shipped files and a reviewed overlay. Rows are never changed.

create table published.thesaurus (
  number int primary key check (number > 0),
  edition text not null unique,
  -- Edition of the shipped files it stands on.
  base text not null,
  -- The whole overlay, in order.
  changes jsonb not null,
  published_by text not null,
  published_at timestamptz not null
);

-- The edition that lists are in: the newest one that all published records carry. None: the shipped files.
create table published.thesaurus_in_force (
  single boolean primary key default true check (single),
  number int not null references published.thesaurus (number),
  since timestamptz not null default now()
);

-- Texts in a language that is not read.
create index annotation_untranslated on published.annotation (edition, id) where annotation ? 'needsTranslation';

create function siku.actor_keeps_thesaurus() returns boolean language sql stable parallel safe
  as $$ select coalesce(siku.actor() -> 'roles' ?| array['senior-reviewer', 'commission-admin'], false) $$;
revoke execute on function siku.actor_keeps_thesaurus() from public;
grant execute on function siku.actor_keeps_thesaurus() to siku_service;

alter table published.thesaurus enable row level security;
alter table published.thesaurus force row level security;
create policy thesaurus_read on published.thesaurus for select to siku_service using (true);
create policy thesaurus_publish on published.thesaurus for insert to siku_service with check ((select siku.actor_keeps_thesaurus()));
create policy thesaurus_owner on published.thesaurus for all to current_user using (true) with check (true);

alter table published.thesaurus_in_force enable row level security;
alter table published.thesaurus_in_force force row level security;
create policy in_force_read on published.thesaurus_in_force for select to siku_service using (true);
create policy in_force_put on published.thesaurus_in_force for insert to siku_service with check ((select siku.actor_is_service()));
create policy in_force_move on published.thesaurus_in_force for update to siku_service
  using ((select siku.actor_is_service())) with check ((select siku.actor_is_service()));
create policy in_force_owner on published.thesaurus_in_force for all to current_user using (true) with check (true);

grant select, insert on published.thesaurus to siku_service;
grant select, insert, update on published.thesaurus_in_force to siku_service;

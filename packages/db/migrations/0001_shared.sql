-- Shared schemas: who acts (siku), the work ledger (work), what is public (published), audit, blobs.
-- Runs as the owner. Services reach these through grants and policies only.

create schema if not exists siku;
create schema work;
create schema published;
create schema audit;
create schema blobs;

-- Roles belong to the cluster, not to the database.
do $$ begin
  if not exists (select from pg_roles where rolname = 'siku_service') then create role siku_service nologin; end if;
end $$;
grant usage on schema siku, work, published, audit, blobs to siku_service;

-- The actor of the transaction, as withTx and withRead set it. No actor, no rows.
create function siku.actor() returns jsonb language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('siku.actor', true), ''), '{}')::jsonb $$;
create function siku.actor_organisation() returns uuid language sql stable parallel safe
  as $$ select nullif(siku.actor() ->> 'organisation', '')::uuid $$;
create function siku.actor_key() returns text language sql stable parallel safe as $$ select siku.actor() ->> 'key' $$;
create function siku.actor_country() returns text language sql stable parallel safe as $$ select siku.actor() ->> 'country' $$;
create function siku.actor_is_service() returns boolean language sql stable parallel safe
  as $$ select coalesce(siku.actor() ->> 'kind' = 'service', false) $$;
create function siku.actor_is_staff() returns boolean language sql stable parallel safe as $$
  select coalesce(siku.actor() -> 'roles' ?| array['intake', 'reviewer', 'senior-reviewer', 'compliance', 'match-officer',
    'district-officer', 'commission-admin', 'auditor'], false) $$;
create function siku.actor_is_verified() returns boolean language sql stable parallel safe
  as $$ select coalesce((siku.actor() ->> 'verified')::boolean and siku.actor() ->> 'kind' <> 'anonymous', false) $$;
create function siku.actor_is_foreign() returns boolean language sql stable parallel safe
  as $$ select coalesce((siku.actor() ->> 'foreign')::boolean, true) $$;

-- Work ledger: for everything derived one row per kind and record, with two counters of its own.
create table work.item (
  kind text not null,
  library text not null,
  record_id uuid not null,
  wanted bigint not null default 1,
  done bigint not null default 0,
  fence bigint not null default 0,
  lease_until timestamptz,
  attempts int not null default 0,
  next_attempt_at timestamptz not null default now(),
  state text not null default 'open' check (state in ('open', 'parked')),
  lane smallint not null default 0,
  cause text not null,
  cause_id text,
  last_error jsonb,
  owed_at timestamptz not null default now(),
  hinted_at timestamptz,
  primary key (kind, record_id)
) with (fillfactor = 70);
create index item_due on work.item (kind, lane, next_attempt_at) where state = 'open' and done < wanted;
create index item_unhinted on work.item (next_attempt_at) where state = 'open' and done < wanted and hinted_at is null;

-- A timer pass runs once in the cluster: whoever holds the lease runs it.
create table work.timer (
  name text primary key,
  lease_until timestamptz not null default 'epoch',
  fence bigint not null default 0,
  last_success_at timestamptz,
  last_error text
);

-- An intent is committed before the index is told; the task that answers it is followed to its end.
create table work.index_intent (
  batch_id uuid primary key,
  library text not null,
  items jsonb not null,
  task_uid bigint,
  status text not null default 'intended' check (status in ('intended', 'sent', 'applied', 'failed', 'not-applied')),
  created_at timestamptz not null default now(),
  settled_at timestamptz
);
create index index_intent_open on work.index_intent (created_at) where settled_at is null;

create function work.owe(p_kind text, p_library text, p_record uuid, p_cause text, p_cause_id text, p_lane smallint default 0)
returns void language sql security definer set search_path = work, pg_temp as $$
  insert into work.item as i (kind, library, record_id, cause, cause_id, lane)
  values (p_kind, p_library, p_record, p_cause, p_cause_id, p_lane)
  on conflict (kind, record_id) do update set
    wanted = i.wanted + 1, cause = excluded.cause, cause_id = excluded.cause_id, state = 'open', attempts = 0,
    next_attempt_at = now(), hinted_at = null, lane = least(i.lane, excluded.lane),
    owed_at = case when i.done < i.wanted then i.owed_at else now() end
$$;

-- The public face of every record: one current row, written by its library in the transaction that publishes, hides or withdraws.
create table published.document (
  library text not null,
  id uuid primary key,
  version int not null,
  revision int not null,
  hash text not null,
  tombstone boolean not null default false,
  state text not null,
  visibility text not null,
  open_for_interest boolean not null,
  control_state text not null,
  cleared_countries text[] not null default '{}',
  owner_key text not null,
  excluded_keys text[] not null default '{}',
  excluded_countries text[] not null default '{}',
  country text,
  valid_until timestamptz,
  published_at timestamptz,
  text jsonb not null,
  -- Whether a reader who is neither owner nor staff could ever see it: only then does its leaving leave a tombstone for others.
  exposed boolean not null default false,
  position bigint,
  cause_id text,
  changed_at timestamptz not null default now()
);
create unique index document_position on published.document (library, position) where position is not null;
create index document_unnumbered on published.document (library) where position is null;

create table published.counter (library text primary key, position bigint not null default 0);

create table published.annotation (
  library text not null,
  id uuid not null,
  version int not null,
  edition text not null,
  hash text not null,
  annotation jsonb not null,
  primary key (id, edition)
);

-- Whatever publishes, hides or withdraws owes the index, in the same transaction and whoever wrote the statement.
create function published.owe_index() returns trigger language plpgsql security definer set search_path = published, work, pg_temp as $$
begin
  perform work.owe('index', new.library, new.id, case when new.tombstone then 'record.hidden' else 'record.published' end, new.cause_id);
  return null;
end $$;
create trigger document_owes_index after insert or update of hash, revision, tombstone on published.document
  for each row execute function published.owe_index();

-- A changed row loses its place in the feed until the numberer gives it a new one.
create function published.lose_position() returns trigger language plpgsql as $$
begin
  new.position := null;
  new.changed_at := now();
  return new;
end $$;
create trigger document_loses_position before update of hash, revision, tombstone on published.document
  for each row execute function published.lose_position();

-- Gives places to rows that have none, after their own commit and only as they were read: [{id, revision}]. The counter row is locked
-- until the numberer commits, so places become visible in order and a cursor never skips. Returns the ids that got a place.
create function published.number(p_library text, p_rows jsonb) returns setof uuid
language plpgsql security definer set search_path = published, pg_temp as $$
declare
  base bigint;
begin
  insert into published.counter (library) values (p_library) on conflict do nothing;
  select position into base from published.counter where library = p_library for update;
  return query
    with next as (
      select d.id, row_number() over (order by d.changed_at, d.id) as n
      from published.document d join jsonb_to_recordset(p_rows) as r (id uuid, revision int) on r.id = d.id and r.revision = d.revision
      where d.library = p_library and d.position is null
    )
    update published.document d set position = base + next.n from next where d.id = next.id returning d.id;
  update published.counter set position = greatest(position, coalesce((select max(position) from published.document where library = p_library), 0))
  where library = p_library;
end $$;

-- The same facts as contracts' maySee: the floor below every filter of the application.
create function published.cleared(p_control text, p_countries text[], p_country text) returns boolean language sql immutable parallel safe
  as $$ select p_control in ('not-listed', 'free', 'not-applicable') or (p_control = 'restricted' and p_country = any (p_countries)) $$;

alter table published.document enable row level security;
alter table published.document force row level security;
create policy document_read on published.document for select to siku_service using (
  (select siku.actor_is_service()) or (select siku.actor_is_staff()) or owner_key = (select siku.actor_key())
  or (
    state = 'published' and not tombstone and published.cleared(control_state, cleared_countries, (select siku.actor_country()))
    and not coalesce((select siku.actor_key()) = any (excluded_keys), false)
    and not coalesce((select siku.actor_country()) = any (excluded_countries), false)
    and (
      visibility in ('public-anonymous', 'public-named')
      or ((select siku.actor_is_verified()) and (visibility = 'network' or (visibility = 'demand-side' and (select siku.actor_is_foreign()))))
    )
  )
);
create policy document_owner on published.document for all to current_user using (true) with check (true);

alter table published.annotation enable row level security;
create policy annotation_service on published.annotation for all to siku_service
  using ((select siku.actor_is_service())) with check ((select siku.actor_is_service()));

-- The change feed sees rows that the reader may not: as a tombstone, and only if others could ever have seen them.
create function published.changes(p_library text, p_after bigint, p_limit int)
returns table ("position" bigint, id uuid, revision int, version int, visible boolean, changed_at timestamptz)
language sql stable security definer set search_path = published, siku, pg_temp as $$
  select d.position, d.id, d.revision, d.version,
    not d.tombstone and (
      siku.actor_is_service() or siku.actor_is_staff() or d.owner_key = siku.actor_key()
      or (d.state = 'published' and published.cleared(d.control_state, d.cleared_countries, siku.actor_country())
        and not coalesce(siku.actor_key() = any (d.excluded_keys), false)
        and not coalesce(siku.actor_country() = any (d.excluded_countries), false)
        and (d.visibility in ('public-anonymous', 'public-named')
          or (siku.actor_is_verified() and (d.visibility = 'network' or (d.visibility = 'demand-side' and siku.actor_is_foreign())))))
    ) as visible,
    d.changed_at
  from published.document d
  where d.library = p_library and d.position > p_after
    and (d.exposed or siku.actor_is_service() or siku.actor_is_staff() or d.owner_key = siku.actor_key())
  order by d.position limit p_limit
$$;

create table audit.entry (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  actor_kind text not null,
  actor_id text not null,
  organisation_id uuid,
  action text not null,
  library text,
  record_id uuid,
  request_id text,
  detail jsonb not null default '{}'
);
create index entry_record on audit.entry (record_id, id);

create table blobs.blob (
  sha256 text primary key,
  size int not null,
  created_at timestamptz not null default now()
);
create table blobs.chunk (
  sha256 text not null references blobs.blob (sha256) on delete cascade,
  ordinal int not null,
  bytes bytea not null,
  primary key (sha256, ordinal)
);

grant select, insert, update on work.item, work.timer, work.index_intent to siku_service;
grant delete on work.index_intent to siku_service;
grant select on published.document, published.counter to siku_service;
grant select, insert, update, delete on published.annotation to siku_service;
grant insert, select on audit.entry to siku_service;
grant select, insert on blobs.blob, blobs.chunk to siku_service;
grant execute on all functions in schema siku, work, published to siku_service;
revoke execute on all functions in schema siku, work, published from public;

-- The gateway's own: who may come in. Secrets stand apart from people, so that a policy can tell them apart.

create schema :schema;
grant usage on schema :schema to :role;

-- Who acts, beyond what the shared functions tell.
create function :schema.is_gateway() returns boolean language sql stable parallel safe
  as $$ select siku.actor_is_service() and siku.actor() ->> 'id' = 'service:gateway' $$;
create function :schema.has_role(variadic p_roles text[]) returns boolean language sql stable parallel safe
  as $$ select coalesce(siku.actor() -> 'roles' ?| p_roles, false) $$;
create function :schema.is_self(p_account uuid) returns boolean language sql stable parallel safe
  as $$ select coalesce(siku.actor() ->> 'kind' = 'user' and p_account::text = siku.actor() ->> 'id', false) $$;
-- Runs accounts of anybody: staff who read everything, and the operator, who reads no record.
create function :schema.is_warden() returns boolean language sql stable parallel safe
  as $$ select :schema.is_gateway() or :schema.has_role('commission-admin', 'operator') $$;

create table :schema.organisation (
  id uuid primary key,
  type text not null,
  name_zh text,
  name_en text,
  name_local text,
  country text not null check (country ~ '^[A-Z]{2}$'),
  district text,
  credit_code text,
  note_reference text,
  -- Only the commission and its districts seat staff; the command line makes them.
  seats_staff boolean not null default false,
  state text not null default 'pending' check (state in ('pending', 'verified', 'refused', 'suspended')),
  state_reason text,
  verified_at timestamptz,
  verified_by text,
  -- Who applied; cleared when the application is decided.
  applicant_name text,
  applicant_email text,
  applicant_language text,
  created_at timestamptz not null,
  check (coalesce(name_zh, name_en, name_local) is not null),
  check ((state in ('verified', 'suspended')) <= (verified_at is not null))
);
-- An application may claim a code that another has: intake decides, and the stranger learns nothing.
create unique index organisation_by_code on :schema.organisation (credit_code) where state in ('verified', 'suspended');
create index organisation_by_state on :schema.organisation (state, created_at, id);

create table :schema.account (
  id uuid primary key,
  email text not null unique check (email = lower(email)),
  display_name text not null,
  language text not null default 'en',
  organisation_id uuid not null references :schema.organisation (id),
  roles text[] not null check (cardinality(roles) > 0),
  state text not null default 'active' check (state in ('active', 'disabled')),
  successor_id uuid references :schema.account (id),
  created_at timestamptz not null,
  disabled_at timestamptz
);
create index account_by_organisation on :schema.account (organisation_id, id);

-- Read by the gateway alone, never under a person's own rights.
create table :schema.credential (
  account_id uuid primary key references :schema.account (id) on delete cascade,
  password_hash text,
  totp_sealed text,
  totp_confirmed_at timestamptz,
  -- The last time step whose code was taken: a code works once.
  totp_step bigint not null default 0,
  changed_at timestamptz not null
);
create table :schema.recovery_code (
  account_id uuid not null references :schema.account (id) on delete cascade,
  code_hash text not null,
  used_at timestamptz,
  primary key (account_id, code_hash)
);

-- Failed attempts by the keyed hash of an address, whether anybody has that address or not.
create table :schema.attempt (
  address_hash text primary key,
  failed int not null default 0,
  locked_until timestamptz,
  last_at timestamptz not null
);
create index attempt_age on :schema.attempt (last_at);

create table :schema.session (
  id uuid primary key,
  account_id uuid not null references :schema.account (id) on delete cascade,
  token_hash text not null unique,
  -- `full`, or a half that can do nothing but finish signing in.
  stage text not null check (stage in ('full', 'totp', 'enrolment')),
  opened_by text not null check (opened_by in ('password', 'totp', 'recovery-code', 'oidc', 'link')),
  agent text not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz
);
create index session_by_account on :schema.session (account_id, created_at desc);
create index session_age on :schema.session (expires_at);

-- One-time links: an invitation carries the person who is invited, a reset the account.
create table :schema.link (
  id uuid primary key,
  kind text not null check (kind in ('invitation', 'sign-up', 'first-admin', 'password-reset')),
  token_hash text not null unique,
  organisation_id uuid not null references :schema.organisation (id) on delete cascade,
  account_id uuid references :schema.account (id) on delete cascade,
  email text,
  display_name text,
  language text,
  roles text[],
  clears_totp boolean not null default false,
  created_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  check ((kind = 'password-reset') = (account_id is not null)),
  check ((kind = 'password-reset') = (email is null))
);
create index link_by_organisation on :schema.link (organisation_id, id);
create index link_by_email on :schema.link (email) where used_at is null;
create index link_age on :schema.link (expires_at);

create table :schema.api_key (
  id uuid primary key,
  organisation_id uuid not null references :schema.organisation (id) on delete cascade,
  client text not null,
  prefix text not null unique,
  secret_hash text not null,
  roles text[] not null,
  scopes text[] not null check (cardinality(scopes) > 0),
  created_by uuid not null references :schema.account (id),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index api_key_by_organisation on :schema.api_key (organisation_id, client, id);

create table :schema.oidc_identity (
  issuer text not null,
  subject text not null,
  account_id uuid not null references :schema.account (id) on delete cascade,
  linked_at timestamptz not null,
  primary key (issuer, subject)
);

create table :schema.signing_key (
  kid text primary key,
  public_jwk jsonb not null,
  private_sealed text not null,
  created_at timestamptz not null,
  -- Shown before it signs, so that every cache of the key set knows it first.
  signs_from timestamptz not null,
  gone_at timestamptz
);

grant select, insert, update on :schema.organisation, :schema.account, :schema.credential, :schema.attempt, :schema.session, :schema.link,
  :schema.api_key, :schema.oidc_identity, :schema.recovery_code, :schema.signing_key to :role;
grant delete on :schema.credential, :schema.recovery_code, :schema.attempt, :schema.session, :schema.link, :schema.oidc_identity, :schema.signing_key to :role;
revoke execute on all functions in schema :schema from public;
grant execute on all functions in schema :schema to :role;

do $$ declare name text; begin
  foreach name in array array['organisation', 'account', 'credential', 'recovery_code', 'attempt', 'session', 'link', 'api_key', 'oidc_identity', 'signing_key'] loop
    execute format('alter table :schema.%I enable row level security', name);
    execute format('alter table :schema.%I force row level security', name);
    execute format('create policy %I on :schema.%I to current_user using (true) with check (true)', name || '_owner', name);
    execute format('create policy %I on :schema.%I to :role using ((select :schema.is_gateway())) with check ((select :schema.is_gateway()))',
      name || '_gateway', name);
  end loop;
end $$;

create policy organisation_read on :schema.organisation for select to :role using (
  (select siku.actor_is_staff()) or (select :schema.is_warden()) or id = (select siku.actor_organisation()));
create policy organisation_decide on :schema.organisation for update to :role
  using ((select :schema.has_role('intake', 'commission-admin'))) with check ((select :schema.has_role('intake', 'commission-admin')));

create policy account_read on :schema.account for select to :role using (
  (select :schema.is_warden()) or (select :schema.has_role('auditor', 'intake')) or :schema.is_self(id)
  or (organisation_id = (select siku.actor_organisation()) and (select :schema.has_role('org-admin', 'mission-officer'))));
create policy account_write on :schema.account for update to :role
  using ((select :schema.is_warden())
    or (organisation_id = (select siku.actor_organisation()) and (select :schema.has_role('org-admin', 'mission-officer'))))
  with check ((select :schema.is_warden())
    or (organisation_id = (select siku.actor_organisation()) and (select :schema.has_role('org-admin', 'mission-officer'))));

create policy session_read on :schema.session for select to :role using (:schema.is_self(account_id)
  or ((select :schema.has_role('org-admin', 'mission-officer', 'commission-admin', 'operator'))
    and exists (select from :schema.account a where a.id = account_id)));
create policy session_revoke on :schema.session for update to :role
  using (:schema.is_self(account_id) or (select :schema.has_role('org-admin', 'mission-officer', 'commission-admin', 'operator')))
  with check (:schema.is_self(account_id) or (select :schema.has_role('org-admin', 'mission-officer', 'commission-admin', 'operator')));

create policy link_read on :schema.link for select to :role using ((select :schema.is_warden())
  or (organisation_id = (select siku.actor_organisation()) and (select :schema.has_role('org-admin', 'mission-officer'))));
create policy link_make on :schema.link for insert to :role with check ((select :schema.is_warden())
  or (kind = 'sign-up' and (select :schema.has_role('intake')))
  or (organisation_id = (select siku.actor_organisation()) and (select :schema.has_role('org-admin', 'mission-officer'))));

create policy api_key_read on :schema.api_key for select to :role using (
  (select :schema.is_warden()) or (select :schema.has_role('auditor'))
  or (organisation_id = (select siku.actor_organisation()) and (select :schema.has_role('org-admin', 'mission-officer'))));
create policy api_key_make on :schema.api_key for insert to :role with check (
  organisation_id = (select siku.actor_organisation()) and (select :schema.has_role('org-admin', 'mission-officer')));
create policy api_key_change on :schema.api_key for update to :role
  using ((select :schema.is_warden())
    or (organisation_id = (select siku.actor_organisation()) and (select :schema.has_role('org-admin', 'mission-officer'))))
  with check ((select :schema.is_warden())
    or (organisation_id = (select siku.actor_organisation()) and (select :schema.has_role('org-admin', 'mission-officer'))));

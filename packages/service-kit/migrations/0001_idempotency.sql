-- One row for each Idempotency-Key of the last 72 hours. No body is kept: a repeat reads the object as it is now.
create table :schema.idempotency (
  principal text not null,
  method text not null,
  route text not null,
  key text not null,
  request_hash text not null,
  status int,
  object_id text,
  created_at timestamptz not null,
  primary key (principal, method, route, key)
);
create index idempotency_age on :schema.idempotency (created_at);
grant select, insert, update, delete on :schema.idempotency to :role;

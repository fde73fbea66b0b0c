create schema :schema;
grant usage on schema :schema to :role;
create table :schema.thing (id uuid primary key, title text not null check (length(title) < 100), n smallint);
grant select, insert, update on :schema.thing to :role;

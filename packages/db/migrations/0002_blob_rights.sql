-- Bytes are shared by their hash, so no row of them says whose they are: nobody sees any until a library says by which of its files.
alter table blobs.blob enable row level security;
alter table blobs.blob force row level security;
create policy blob_owner on blobs.blob for all to current_user using (true) with check (true);
alter table blobs.chunk enable row level security;
alter table blobs.chunk force row level security;
create policy chunk_owner on blobs.chunk for all to current_user using (true) with check (true);

-- Each library is granted what its files need, with the policies that go with it.
revoke select, insert on blobs.blob, blobs.chunk from siku_service;

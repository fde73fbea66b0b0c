import { anonymous, serviceActor } from '@siku/contracts'
import { connectDatabase, migrateDatabase, sharedMigrations } from '@siku/db'
import { contactRoleOf, libraryMigrations, roleOf } from '@siku/library-kit'
import { emptyDatabase, testRolePassword } from '@siku/testing'
import { sql } from 'drizzle-orm'
import { randomUUID } from 'node:crypto'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { sampleLibrary } from './sample-library.ts'

const library = sampleLibrary('technology-reserve')
const actor = serviceActor('service:index', 'test')

t.test('what was stored before files belonged to versions is in them afterwards, and readers meet the same', async (t) => {
  const { ownerUrl, urlFor } = await emptyDatabase(t)
  const sets = libraryMigrations(library)
  const folder = await mkdtemp(join(tmpdir(), 'migrations-'))
  t.teardown(() => rm(folder, { recursive: true }))
  const [first] = sets
  await cp(join(first?.folder ?? '', '0001_library.sql'), join(folder, '0001_library.sql'))
  const roles = [roleOf, contactRoleOf].map((nameOf) => ({
    name: nameOf(library.schemaName),
    password: testRolePassword,
    memberOf: ['siku_service']
  }))
  const migrate = (own: typeof sets) => migrateDatabase({ url: ownerUrl, sets: [sharedMigrations, ...own], roles })
  await migrate([{ ...first!, folder }])
  const owner = connectDatabase({ url: ownerUrl, applicationName: 'test', poolSize: 1 })
  t.teardown(() => owner.close())
  const [published, draft] = [randomUUID(), randomUUID()]
  await owner.withTx(actor, async (tx) => {
    for (const [id, version] of [
      [published, 1],
      [draft, null]
    ] as const) {
      await tx.execute(sql`insert into technology_reserve.record (id, reference, record_type, state, published_version, owner_organisation_id, owner,
          source_language, visibility, control_state, revision, created_at, updated_at)
        values (${id}::uuid, ${id}, 'TO', ${version ? 'published' : 'new'}, ${version}, gen_random_uuid(), '{}', 'zh', 'public-anonymous', 'free', 7,
          now(), now())`)
      await tx.execute(sql`insert into technology_reserve.version (record_id, version, state, authors, draft, hash, created_at)
        values (${id}::uuid, 1, ${version ? 'approved' : 'draft'}, '[]', '{}', 'x', now())`)
      for (const name of ['kept', 'removed'])
        await tx.execute(sql`insert into technology_reserve.file (id, record_id, title, name, media_type, size, sha256, confidentiality, ordinal,
            added_by, added_at, removed_at)
          values (gen_random_uuid(), ${id}::uuid, ${name}, ${name}, 'text/plain', 1, ${`${name} ${id}`}, 'public', 1, 'x', now(),
            ${name === 'removed' ? '2027-01-01' : null}::timestamptz)`)
    }
    await tx.execute(sql`insert into blobs.blob (sha256, size) select sha256, 1 from technology_reserve.file`)
    await tx.execute(sql`insert into published.document (library, id, version, revision, hash, state, visibility, open_for_interest, control_state,
        owner_key, text, changed_at)
      values ('technology-reserve', ${published}::uuid, 1, 5, 'x', 'published', 'public-anonymous', true, 'free', 'k', '{}', '2027-01-02T03:04:05Z')`)
  })
  await migrate(sets)
  const service = connectDatabase({ url: urlFor(roleOf(library.schemaName)), applicationName: 'test', poolSize: 1 })
  t.teardown(() => service.close())
  const seen = await service.withRead(anonymous('test'), async (tx) => ({
    records: [
      ...(await tx.execute(sql`select id, face_revision, face_updated_at = changed_at as same from technology_reserve.record r
      join published.document d using (id)`))
    ],
    files: [...(await tx.execute(sql`select name, added_version from technology_reserve.file`))],
    blobs: [...(await tx.execute(sql`select sha256 from blobs.blob`))]
  }))
  t.same(seen, {
    records: [{ id: published, face_revision: 5, same: true }],
    files: [{ name: 'kept', added_version: 1 }],
    blobs: [{ sha256: `kept ${published}` }]
  })
  const all = await owner.withRead(actor, (tx) =>
    tx.execute(sql`select name, added_version, removed_version from technology_reserve.file where record_id = ${draft}::uuid order by name`)
  )
  t.same(
    [...all],
    [
      { name: 'kept', added_version: 1, removed_version: null },
      { name: 'removed', added_version: 1, removed_version: 1 }
    ]
  )
})

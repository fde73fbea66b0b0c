import { createHash } from 'node:crypto'
import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import t from 'tap'
import { startPostgres } from '../dev/embedded/index.ts'
import { askDoctor as doctor, askSiku as siku, json } from './siku/ask-siku.ts'
import { emptyPlace } from './siku/empty-place.ts'

const { dataDir } = emptyPlace(t)

t.test('migrate makes an installation, and a second run finds nothing to do', async (t) => {
  const first = await siku('migrate')
  t.equal(first.code, 0)
  const applied = Number(/(\d+) migrations applied/.exec(first.out)?.[1])
  t.ok(applied > 5)
  t.equal(first.out.split('\n').filter((line) => line.startsWith('migration ')).length, applied)
  t.match(await siku('migrate'), { code: 0, out: 'The schema is up to date; nothing was applied.' })
})

t.test('On an installation that runs', async (t) => {
  const server = await startPostgres({ dataDir })
  t.teardown(server.stop)
  const url = new URL(server.url)
  url.pathname = '/siku'
  const owner = postgres(url.href, { max: 1, onnotice: () => {} })
  t.teardown(() => owner.end())

  t.test('doctor finds nothing wrong, and finds each thing that is', async (t) => {
    const sound = await doctor()
    t.match(sound, {
      code: 0,
      report: {
        healthy: true,
        findings: [],
        server: { origin: 'running', encoding: 'UTF8', migrations: { pending: [], changed: [], unknown: [] } },
        queue: { answers: true }
      }
    })
    t.ok(sound.report.roles.length > 6 && sound.report.roles.every(({ state }) => state === 'safe'))
    t.match(await siku('doctor'), { code: 0, out: /Nothing is wrong\./ })

    await owner`alter role siku_matching createdb`
    await owner`alter role siku_gateway password 'another'`
    chmodSync(join(dataDir, 'secret'), 0o644)
    const worse = await doctor()
    t.equal(worse.code, 1)
    t.match(worse.report.findings.map(({ wrong }) => wrong).toSorted(), [
      /secret can be read by others/,
      /siku_gateway do not get in/,
      /siku_matching may do more/
    ])
    chmodSync(join(dataDir, 'secret'), 0o600)
    t.match(await siku('migrate'), { code: 0 }, 'migrate gives every login its rights and password again')
    t.equal((await doctor()).code, 0)
  })

  t.test('doctor tells a database of another version, and nothing else works on it', async (t) => {
    const [row] = await owner<
      { name: string; hash: string }[]
    >`select name, hash from siku.migration where set_name = 'matching' order by name limit 1`
    await owner`update siku.migration set hash = 'other' where set_name = 'matching' and name = ${row?.name ?? ''}`
    await owner`insert into siku.migration (set_name, name, hash) values ('matching', '9999_newer.sql', 'x')`
    const { code, report } = await doctor()
    t.equal(code, 1)
    t.match(report.findings, [
      { about: 'migrations', wrong: /made with other files/ },
      { about: 'migrations', wrong: /newer than this copy.*9999_newer/ }
    ])
    t.match(await siku('rematch'), { code: 1, said: /made by another version/ })
    await owner`update siku.migration set hash = ${row?.hash ?? ''} where set_name = 'matching' and name = ${row?.name ?? ''}`
    await owner`delete from siku.migration where name = '9999_newer.sql'`
    t.equal((await doctor()).code, 0)
  })

  t.test('seed loads the sample, indexed and matched, and nobody can sign in with a known password', async (t) => {
    const loaded = await siku('seed', '--yes')
    t.equal(loaded.code, 0, loaded.said)
    const [, count = '0'] = /^(\d+) records loaded, 0 were there already/.exec(loaded.out) ?? []
    t.ok(Number(count) > 150)
    t.same(await owner`select count(*)::int as accounts from gateway.account`, [{ accounts: 0 }])
    const [rows] = await owner<
      { all: number; live: number }[]
    >`select count(*)::int as all, (count(*) filter (where not tombstone))::int as live from published.document`
    t.equal(rows?.all, Number(count))
    const { report } = await doctor()
    t.equal(
      report.stages?.published.reduce((sum, { records }) => sum + records, 0),
      rows?.live
    )
    t.ok((report.stages?.matches.find(({ state }) => state === 'proposed')?.count ?? 0) > 10)
  })

  t.test('rematch writes what is missing, and a second run writes nothing', async (t) => {
    const gone = await owner`delete from matching.match where id in (select id from matching.match order by id limit 7) returning id`
    t.match(json(await siku('rematch', '--json')), { added: gone.length, changed: 0, withdrawn: 0, written: 7 })
    t.match(json(await siku('rematch', '--json')), { written: 0 })
  })

  t.test('reconcile finds each drift, mends it, and then finds none', async (t) => {
    t.match(await siku('reconcile'), { code: 0, out: /no drift/ })
    const [other, placeless, unread] = await owner<{ id: string; library: string }[]>`
      select id, library from published.document where not tombstone and library <> 'cooperation-demand' order by id limit 3`
    const [match] = await owner<{ demand: string; technology: string }[]>`
      delete from matching.match where id = (select id from matching.match order by score_millionths desc limit 1) returning demand_id as demand, technology_id as technology`
    await owner`update published.annotation set hash = 'other' where id = ${other?.id ?? ''}`
    await owner`update published.document set position = null where id = ${placeless?.id ?? ''}`
    await owner`delete from published.annotation where id = ${unread?.id ?? ''}`
    t.match((await doctor()).report.findings, [{ about: 'index', wrong: /3 published records are not annotated/ }])

    const { code, out } = await siku('reconcile', '--json')
    t.equal(code, 1)
    const { drifts } = JSON.parse(out) as { drifts: { what: string; id: string; kind: string }[] }
    const kinds = new Map(drifts.filter(({ what }) => what === 'row').map(({ id, kind }) => [id, kind]))
    t.same(
      [other, placeless, unread].map((row) => kinds.get(row?.id ?? '')),
      ['annotation of another text', 'no place in the feed', 'not annotated']
    )
    t.equal(kinds.size, 3)
    t.ok(drifts.some(({ what, id }) => what === 'matches' && (id === match?.demand || id === match?.technology)))
    t.match(await siku('reconcile'), { code: 0, out: /no drift/ })
    t.equal((await doctor()).code, 0)
  })

  t.test('reindex makes the index of a library again from what is published', async (t) => {
    await owner`delete from published.annotation where library = 'platform-institutions'`
    const live = await owner`select id from published.document where library = 'platform-institutions' and not tombstone order by id`
    t.ok(live.length > 10)
    t.match(await siku('reindex', 'platform-institutions'), { code: 0, out: `${live.length} records indexed again.` })
    t.same([...(await owner`select id from published.annotation where library = 'platform-institutions' order by id`)], [...live])
  })

  t.test('Parked work is shown with its reason, tells the doctor, and is due again after redrive, which is written down', async (t) => {
    const [row] = await owner<{ id: string }[]>`
      update work.item set state = 'parked', attempts = 5, last_error = '{"message": "the engine refused it"}'
      where (kind, record_id) = (select kind, record_id from work.item where kind = 'index' order by record_id limit 1) returning record_id as id`
    t.match((await doctor()).report.findings, [{ about: 'work', wrong: /1 pieces of work were set aside/ }])
    t.match(await siku('parked', 'list'), { code: 0, out: new RegExp(`index .*${row?.id}.*5 attempts.*the engine refused it`) })
    t.match(await siku('parked', 'redrive', '--kind', 'match'), { out: /Nothing was parked that fits/ })
    t.match(await siku('parked', 'redrive'), { code: 0, out: /1 pieces of work are due again/ })
    t.match(await siku('parked', 'list'), { out: 'Nothing is parked.' })
    const { entries } = json(await siku('audit', 'list', '--actor', 'command-line', '--json')) as {
      entries: { action: string; detail: unknown }[]
    }
    t.match(entries[0], { action: 'pipeline.redrive', detail: { kind: 'index', count: 1 } })
  })

  t.test('audit list shows what was done to one record, newest first', async (t) => {
    const [record] = await owner<
      { id: string }[]
    >`select id from published.document where library = 'cooperation-demand' order by id limit 1`
    const { entries } = json(await siku('audit', 'list', '--record', record?.id ?? '', '--json')) as {
      entries: { action: string; recordId: string }[]
    }
    t.ok(entries.every(({ recordId }) => recordId === record?.id))
    t.same(
      entries.map(({ action }) => action).filter((action) => ['record.create', 'record.submit', 'record.approve'].includes(action)),
      ['record.approve', 'record.submit', 'record.create']
    )
  })

  t.test('admin create gives a link that works once, for whom it was made', async (t) => {
    const { url, expiresAt } = json(
      await siku(
        'admin',
        'create',
        '--email',
        'Li@Example.org',
        '--name',
        '李娜',
        '--role',
        'operator',
        '--organisation',
        '朝阳区',
        '--json'
      )
    ) as { url: string; expiresAt: string }
    const token = new URL(url).searchParams.get('token') ?? ''
    const [link] = await owner`
      select l.kind, l.email, l.display_name as name, l.roles, l.used_at, o.name_zh as organisation, o.seats_staff from gateway.link l
      join gateway.organisation o on o.id = l.organisation_id where l.token_hash = ${createHash('sha256').update(token).digest('base64url')}`
    t.match(link, {
      kind: 'first-admin',
      email: 'li@example.org',
      name: '李娜',
      roles: ['operator'],
      used_at: null,
      organisation: '朝阳区',
      seats_staff: true
    })
    t.ok(Date.parse(expiresAt) > Date.now())
  })

  t.test('API keys are listed without secrets and revoked at once; the signing key is rotated once at a time', async (t) => {
    const id = await insertKey(owner)
    const listed = await siku('keys', 'list')
    t.match(listed, { code: 0, out: new RegExp(`${id} .*active.*technology-reserve:read`) })
    t.notMatch(listed.out, /secret-hash/)
    t.match(await siku('keys', 'revoke', id), { code: 0, out: /is revoked/ })
    t.match(json(await siku('keys', 'list', '--json')), { keys: [{ id, state: 'revoked' }] })
    t.match(await siku('keys', 'revoke', 'ffffffff-0000-4000-8000-000000000000'), { code: 1 })
    t.match(await siku('keys', 'rotate-signing'), { code: 0, out: /signs in 15 minutes/ })
    t.match(await siku('keys', 'rotate-signing'), { code: 1, said: /A rotation is under way/ })
  })
})

async function insertKey(owner: postgres.Sql): Promise<string> {
  const [key] = await owner<{ id: string }[]>`
    with seat as (
      insert into gateway.account (id, email, display_name, organisation_id, roles, created_at)
      select gen_random_uuid(), 'key@example.org', 'Key', id, '{member}', now() from gateway.organisation limit 1 returning id, organisation_id
    )
    insert into gateway.api_key (id, organisation_id, client, prefix, secret_hash, roles, scopes, created_by, created_at, expires_at)
    select gen_random_uuid(), organisation_id, 'sync', 'sk_test_1', 'secret-hash', '{member}', '{technology-reserve:read}', id, now(), now() + interval '1 day' from seat returning id`
  return key?.id ?? ''
}

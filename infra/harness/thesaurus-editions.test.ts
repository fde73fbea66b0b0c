import { anonymous, serviceActor, type LibraryName, type ServiceName } from '@siku/contracts'
import { connectDatabase, publishEdition, writeDocument, type Database } from '@siku/db'
import { library as demands } from '@siku/cooperation-demand'
import { createSecrets, openKeyRing } from '@siku/gateway'
import { readWeights } from '@siku/matcher'
import { readExpectedMatches } from '@siku/matching'
import {
  adoptShippedFiles,
  createLogger,
  deriveOwnerKey,
  followThesaurus,
  newId,
  openSharedIndex,
  ownerKeyWith,
  reconcileIndex,
  systemNow
} from '@siku/service-kit'
import { library as technologies } from '@siku/technology-reserve'
import { testDatabase, testRolePassword, untilTrue } from '@siku/testing'
import { loadThesaurus, readThesaurusSource, compileThesaurus, compileEdition, type OverlayChange } from '@siku/thesaurus'
import { sql } from 'drizzle-orm'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { databaseUrls } from '../dev/installation/database-urls.ts'
import { spawnInstallation, type ProcessName } from '../dev/installation/spawn-installation.ts'
import { expectOk, serviceCaller } from '../dev/seed/call-service.ts'
import { staff } from '../dev/seed/sample-actors.ts'
import { loadSample } from '../dev/sample/load-sample.ts'
import { publicDocument } from './durability/public-document.ts'
import { deleteIndexes } from './support/delete-indexes.ts'

/** Processes of their own follow an edition while some of them are killed, and an upgrade takes it over. */
const secret = 'edition-secret-edition-secret-edition-secret'
const keyOf = ownerKeyWith(deriveOwnerKey(secret))
const actor = serviceActor('service:match', 'editions')
const log = createLogger({ name: 'editions', level: 'silent' })
const label: OverlayChange = { kind: 'add-label', concept: 'reverse-osmosis', language: 'en', label: 'hyperfiltration sieve' }

async function publishSample(owner: Database, count: number): Promise<string> {
  const sample = loadSample(systemNow())
  const asked = newId()
  await owner.withTx(actor, async (tx) => {
    for (let number = 0; number < count; number++) {
      for (const [library, list] of [
        [demands, sample.demands],
        [technologies, sample.technologies]
      ] as const) {
        const record = list[number % list.length]
        if (record) await writeDocument(tx, publicDocument(library, record.draft, { id: newId(), number }), 'editions')
      }
    }
    const [record] = sample.demands
    if (!record) throw new Error('the sample is empty')
    const draft = { ...record.draft, sourceLanguage: 'en', title: 'Hyperfiltration sieves', summary: 'A hyperfiltration sieve.' }
    await writeDocument(tx, publicDocument(demands, draft, { id: asked, number: 0 }), 'editions')
  })
  return asked
}

t.test('API and workers follow a new edition, and kill -9 of any of them on the way is made good', (t) => followAndKill(t))

const { MEILI_URL: realUrl, MEILI_KEY: realKey } = process.env
t.test('so do those that share a search engine', { skip: realUrl ? false : 'no Meilisearch here' }, async (t) => {
  if (!realUrl) return
  const meili = { url: realUrl, ...(realKey === undefined ? {} : { key: realKey }) }
  await deleteIndexes(meili)
  t.teardown(() => deleteIndexes(meili))
  const { owner, edition } = await followAndKill(t, meili)
  for (const library of ['cooperation-demand', 'technology-reserve'] as const) {
    const index = openSharedIndex({ ...meili, db: owner, library, log, newId })
    t.same((await reconcileIndex({ db: owner, index, edition, libraries: [library] })).drifts, [], `${library} is there as it is read now`)
  }
  const { inForceThesaurus: thesaurus } = await followThesaurus(owner, loadThesaurus()).refresh()
  const expected = await readExpectedMatches(owner, { thesaurus, weights: readWeights(), now: systemNow() })
  const stored = await owner.withRead(actor, (tx) =>
    tx.execute<{ pair: string }>(sql`
      select demand_id || ' ' || technology_id || ' ' || score_millionths as pair from matching.match where state <> 'withdrawn'`)
  )
  t.ok(stored.length > 0)
  t.same(
    [...stored].map(({ pair }) => pair).sort(),
    expected.map(({ demandId, technologyId, scoreMillionths }) => `${demandId} ${technologyId} ${scoreMillionths}`).sort(),
    'and the match set is that of brute force'
  )
})

async function followAndKill(t: Test, meili?: { url: string; key?: string }): Promise<{ owner: Database; edition: string }> {
  const database = await testDatabase(t)
  const owner = connectDatabase({ url: database.ownerUrl, applicationName: 'editions', poolSize: 2 })
  t.teardown(() => owner.close())
  const asked = await publishSample(owner, 60)
  const logDir = mkdtempSync(join(tmpdir(), 'siku-editions-'))
  const processes: ProcessName[] = [
    'gateway/all',
    'cooperation-demand/worker',
    'technology-reserve/worker',
    'matching/api',
    'matching/worker'
  ]
  const installation = await spawnInstallation({
    urls: databaseUrls(database.ownerUrl, () => testRolePassword),
    secret,
    logDir,
    processes,
    ...(meili ? { meili } : {})
  })
  t.teardown(async () => {
    await installation.close()
    rmSync(logDir, { recursive: true, force: true })
  })
  await installation.waitUntilReady()
  const ring = await openKeyRing({
    db: owner,
    now: systemNow,
    secrets: createSecrets(secret, deriveOwnerKey(secret)),
    requestId: anonymous('x').requestId
  })
  const { call, close } = serviceCaller({ services: installation.services, sign: ring.sign })
  t.teardown(close)

  const owed = async () =>
    owner.withRead(actor, async (tx) => {
      const rows = await tx.execute(
        sql`select 1 from work.item where kind in ('index', 'match') and state = 'open' and done < wanted limit 1`
      )
      return rows.length
    })
  const quiet = { timeoutMs: 120_000 }
  await untilTrue(async () => (await owed()) === 0, quiet)

  const service: Exclude<ServiceName, 'gateway'> = 'matching'
  const step = <T>(who: Parameters<typeof staff>[1], path: string, more: { body?: object; revision?: number } = {}) =>
    expectOk<T>(call<T>({ actor: staff(who[0] ?? '', who, keyOf), service, method: 'POST', path, ...more }), path)
  const { id } = await step<{ id: string }>(['intake'], '/v1/thesaurus/changes', { body: label })
  await step(['reviewer'], `/v1/thesaurus/changes/${id}/approve`, { revision: 1 })
  const { edition } = await step<{ edition: string }>(['senior-reviewer'], '/v1/thesaurus/editions')

  for (const name of ['cooperation-demand/worker', 'matching/worker', 'technology-reserve/worker'] as const) {
    await installation.stop(name, 'SIGKILL')
    installation.start(name)
  }
  type Edition = { number: number; inForce: { edition: string }; waiting: { library: LibraryName; records: number }[] }
  const editionNow = () =>
    expectOk(call<Edition>({ actor: staff('auditor', ['auditor'], keyOf), service, path: '/v1/thesaurus/edition' }), 'edition')
  await untilTrue(async () => (await editionNow()).inForce.edition === edition, quiet)
  await installation.stop('matching/worker', 'SIGKILL')
  installation.start('matching/worker')
  await untilTrue(async () => (await owed()) === 0, quiet)

  t.same((await editionNow()).waiting, [])
  const labels = async () => {
    const answer = await fetch(`${installation.services.gateway}/v1/thesaurus/concepts/reverse-osmosis`)
    return ((await answer.json()) as { labels?: { en: string[] } }).labels?.en ?? []
  }
  await untilTrue(async () => (await labels()).includes('hyperfiltration sieve'), { what: 'the API, through the door', ...quiet })
  const concepts = async () => {
    const answer = await fetch(`${installation.services.gateway}/v1/search?q=hyperfiltration%20sieve&lang=en`)
    return ((await answer.json()) as { concepts?: string[] }).concepts ?? []
  }
  await untilTrue(async () => (await concepts()).includes('reverse-osmosis'), { what: 'the search of the gateway', ...quiet })
  const rows = await owner.withRead(actor, async (tx) => [
    ...(await tx.execute<{ edition: string; n: number }>(
      sql`select thesaurus_edition as edition, count(*)::int as n from matching.match where state <> 'withdrawn' group by 1`
    ))
  ])
  const total = (of: typeof rows) => of.reduce((sum, { n }) => sum + n, 0)
  t.ok(total(rows) > 0)
  t.ok(
    total(rows.filter((row) => row.edition === edition)) < total(rows) / 2,
    `matches that the edition leaves as they are were not written again: ${JSON.stringify(rows)}`
  )
  const [read] = await owner.withRead(actor, async (tx) => [
    ...(await tx.execute<{ records: number; again: number; carries: boolean }>(sql`
      select (select count(*)::int from published.annotation where edition = ${edition}) as records,
        (select count(*)::int from work.item where kind = 'index' and cause = 'thesaurus.edition') as again,
        (select annotation @> '{"concepts":[{"id":"reverse-osmosis"}]}' from published.annotation
          where edition = ${edition} and id = ${asked}::uuid) as carries`))
  ])
  t.match(read, { records: 121, carries: true })
  t.ok((read?.again ?? 999) < 60, `${read?.again} of 121 records were read again`)
  return { owner, edition }
}

t.test('an upgrade takes the overlay over to the files it ships, without what these have already', async (t) => {
  const database = await testDatabase(t)
  const owner = connectDatabase({ url: database.ownerUrl, applicationName: 'editions', poolSize: 2 })
  t.teardown(() => owner.close())
  const former = loadThesaurus()
  t.equal(await adoptShippedFiles(owner, () => former, systemNow), undefined, 'nothing was changed, nothing is taken over')
  await publishSample(owner, 5)
  const shippedSince: OverlayChange = { ...label, label: 'osmosis gone backwards' }
  const changes = [label, shippedSince]
  const { edition } = compileEdition(former, { number: 1, changes })
  await owner.withTx(actor, (tx) =>
    publishEdition(tx, { number: 1, edition, base: former.edition, changes, publishedBy: 'x', publishedAt: systemNow().toISOString() })
  )
  t.equal(await adoptShippedFiles(owner, () => former, systemNow), undefined, 'these files carry it')

  const source = readThesaurusSource()
  const concepts = source.concepts.map((concept) =>
    concept.id === 'reverse-osmosis'
      ? { ...concept, labels: { ...concept.labels, en: [...(concept.labels.en ?? []), 'osmosis gone backwards'] } }
      : concept
  )
  const upgraded = compileThesaurus({ ...source, version: '99', concepts })
  const service = connectDatabase({ url: database.urlFor('siku_matching'), applicationName: 'editions', poolSize: 1 })
  t.teardown(() => service.close())
  await t.rejects(followThesaurus(service, upgraded).refresh(), { code: 'SIKU_KIT_EDITION_OF_OTHER_FILES' }, 'before that nothing is read')
  const adopted = await adoptShippedFiles(owner, () => upgraded, systemNow)
  t.match(adopted, { kept: 1, dropped: [{ change: shippedSince, why: /already/ }], owed: 11 })
  const editions = await followThesaurus(service, upgraded).refresh()
  t.same([editions.newest, editions.inForce, editions.inForceThesaurus.edition], [2, 2, adopted?.edition])
  t.ok(editions.inForceThesaurus.concepts.some(({ labels }) => labels.en?.includes('hyperfiltration sieve')))
  await t.rejects(followThesaurus(service, former).refresh(), { code: 'SIKU_KIT_EDITION_OF_OTHER_FILES' }, 'the old version stays away')
})

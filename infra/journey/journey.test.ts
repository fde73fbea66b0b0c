import { anonymous, serviceActor } from '@siku/contracts'
import { connectDatabase, type Database } from '@siku/db'
import { createSecrets, openKeyRing } from '@siku/gateway'
import { createLogger, deriveOwnerKey, openedThings, ownerKeyWith, systemNow, type SignToken } from '@siku/service-kit'
import { testDatabase, testRolePassword, untilTrue, type TestDatabase } from '@siku/testing'
import { sql } from 'drizzle-orm'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { databaseUrls } from '../dev/installation/database-urls.ts'
import { openInstallation } from '../dev/installation/open-installation.ts'
import { spawnInstallation } from '../dev/installation/spawn-installation.ts'
import { expectOk, serviceCaller, type CallService } from '../dev/seed/call-service.ts'
import { postRecord, step, submitRecord } from '../dev/seed/post-record.ts'
import { memberOf, staff } from '../dev/seed/sample-actors.ts'
import { waitUntilQuiet } from '../dev/seed/wait-until-quiet.ts'
import { loadSample } from '../dev/sample/load-sample.ts'
import { stories } from '../dev/sample/stories.ts'

const secret = 'journey-secret-journey-secret-journey-secret'
const log = createLogger({ name: 'journey', level: 'silent' })
const keyOf = ownerKeyWith(deriveOwnerKey(secret))
const quiet = { timeoutMs: 60_000 }

type Ways = { call: CallService; db: Database; address: string }
type Match = { id: string; revision: number; state: string; demand: { id: string }; technology: { id: string } }
type Whole = Match & {
  explanation: { reasons: string[]; language: string }
  evidence: { demand: { text: string }[]; technology: { text: string }[] }[]
}

t.test('a posting travels to a reviewed match in one process', async (t) => {
  const database = await testDatabase(t)
  const opened = openedThings(log)
  t.teardown(() => opened.close())
  const installation = await openInstallation(opened, { urls: urlsOf(database), secret, log, port: 0 })
  const { call, close } = serviceCaller({ services: installation.services, sign: installation.keyRing.sign })
  t.teardown(close)
  await travel(t, { call, db: installation.matching.db, address: installation.address })
})

t.test('the same posting travels through separate processes', async (t) => {
  const database = await testDatabase(t)
  const logDir = mkdtempSync(join(tmpdir(), 'siku-journey-'))
  const { REDIS_URL: redisUrl, MEILI_URL: meiliUrl, MEILI_KEY: key } = process.env
  const installation = await spawnInstallation({
    urls: urlsOf(database),
    secret,
    logDir,
    ...(redisUrl ? { redisUrl } : {}),
    ...(meiliUrl ? { meili: { url: meiliUrl, ...(key ? { key } : {}) } } : {})
  })
  t.teardown(async () => {
    await installation.close()
    rmSync(logDir, { recursive: true, force: true })
  })
  await installation.waitUntilReady()
  const db = connectDatabase({ url: database.urlFor('siku_matching'), applicationName: 'journey', poolSize: 2 })
  t.teardown(() => db.close())
  const { call, close } = serviceCaller({ services: installation.services, sign: await signerOf(t, database) })
  t.teardown(close)
  await travel(t, { call, db, address: installation.services.gateway })
})

/** Steps 1 to 7 of the journey. */
async function travel(t: Test, { call, db, address }: Ways): Promise<void> {
  const { demand, technology } = story()
  const reviewer = staff('reviewer', ['reviewer'], keyOf)
  const officer = staff('match-officer', ['match-officer'], keyOf)

  t.comment('1 posting: two people publish a technology, and its draft was nobody else’s business')
  const waiting = await submitRecord(call, { library: 'technology-reserve', draft: technology.draft, author: technology.author, reviewer })
  t.equal((await call({ actor: demand.author, service: 'technology-reserve', path: `/v1/technologies/${waiting.id}` })).status, 404)
  const offer = await postRecord(call, { library: 'technology-reserve', draft: technology.draft, author: technology.author, reviewer })

  t.comment('2 to 4: its work was owed in the same transaction, relayed, and it is indexed')
  await untilTrue(() => isIndexed(db, offer.id), { timeoutMs: 30_000 })
  const need = await postRecord(call, { library: 'cooperation-demand', draft: demand.draft, author: demand.author, reviewer })
  await waitUntilQuiet(db, quiet)

  t.comment('5 and 6: candidates were scored and the match is proposed, once')
  const list = await expectOk(
    call<{ data: Match[] }>({ actor: officer, service: 'matching', path: `/v1/matches?demand=${need.id}` }),
    'listing'
  )
  t.same(
    list.data.map((match) => match.technology.id),
    [offer.id]
  )
  const [proposed] = list.data
  const match = await expectOk(call<Whole>({ actor: officer, service: 'matching', path: `/v1/matches/${proposed?.id}?lang=ru` }), 'reading')
  t.equal(match.explanation.language, 'ru')
  t.ok(match.explanation.reasons.length > 0, 'it says why, in the language of the reader')
  t.ok(
    match.evidence.some((pair) => pair.demand.length > 0 && pair.technology.length > 0),
    'with passages of both texts'
  )

  t.comment('what was published is found by anyone who may see it, by a French word for a Russian text; the unassessed offer is not')
  await untilTrue(async () => (await search(address, 'dessalement')).includes(need.id), { timeoutMs: 15_000 })
  t.notOk((await search(address, 'eau saumâtre')).includes(offer.id), 'an unassessed technology is not shown abroad')

  t.comment('7 review: approved only once two people have cleared the technology; the decision is in the audit')
  const approve = (revision: number) =>
    call<{ state: string; code: string }>({
      actor: officer,
      service: 'matching',
      method: 'POST',
      path: `/v1/matches/${match.id}/approve`,
      revision,
      body: {}
    })
  t.equal((await approve(match.revision)).body.code, 'SIKU_MATCHING_ASSESS_FIRST')
  const library = 'technology-reserve'
  const assessed = await step(call, {
    library,
    actor: staff('compliance', ['compliance'], keyOf),
    record: offer,
    name: 'control/assess',
    body: { state: 'not-listed' }
  })
  await step(call, { library, actor: staff('second', ['compliance'], keyOf), record: assessed, name: 'control/confirm' })
  await waitUntilQuiet(db, quiet)
  const { revision } = await expectOk(
    call<Whole>({ actor: officer, service: 'matching', path: `/v1/matches/${match.id}` }),
    'reading again'
  )
  t.match(await approve(revision), { status: 200, body: { state: 'approved' } })
  t.equal(await auditCount(db, match.id), 1)
  t.equal(
    (await call({ actor: demand.author, service: 'matching', path: `/v1/matches/${match.id}` })).status,
    404,
    'the demand side is told by people, not by this'
  )
  await untilTrue(async () => (await search(address, 'eau saumâtre')).includes(offer.id), { timeoutMs: 15_000 })
}

function story() {
  const sample = loadSample(systemNow())
  const [first] = stories
  const demand = sample.demands.find(({ key }) => key === first?.demand)
  const technology = sample.technologies.find(({ key }) => key === first?.technology)
  const ownerOf = (key: string | undefined) => sample.organisations.find((organisation) => organisation.key === key)
  const [asks, offers] = [ownerOf(demand?.organisation), ownerOf(technology?.organisation)]
  if (!demand || !technology || !asks || !offers) throw new Error('the sample has lost its first story')
  return {
    demand: { draft: demand.draft, author: memberOf(asks, keyOf) },
    technology: { draft: technology.draft, author: memberOf(offers, keyOf) }
  }
}

async function search(address: string, words: string): Promise<string[]> {
  const answer = await fetch(`${address}/v1/search?q=${encodeURIComponent(words)}&lang=fr`)
  if (answer.status !== 200) return []
  return ((await answer.json()) as { data: { id: string }[] }).data.map((hit) => hit.id)
}

async function isIndexed(db: Database, id: string): Promise<boolean> {
  const rows = await db.withRead(serviceActor('service:match', 'journey'), (tx) =>
    tx.execute(sql`
    select 1 from published.document d join published.annotation a on a.id = d.id and a.version = d.version where d.id = ${id}::uuid and d.position is not null`)
  )
  return rows.length === 1
}

async function auditCount(db: Database, matchId: string): Promise<number> {
  const [row] = await db.withRead(serviceActor('service:match', 'journey'), (tx) =>
    tx.execute<{ n: number }>(sql`
    select count(*)::int as n from audit.entry where action = 'match.approve' and (record_id = ${matchId}::uuid or detail::text like ${`%${matchId}%`})`)
  )
  return row?.n ?? 0
}

/** Tokens as the gateway's own process signs them: with the key ring it keeps in the database. */
async function signerOf(t: Test, database: TestDatabase): Promise<SignToken> {
  const db = connectDatabase({ url: database.urlFor('siku_gateway'), applicationName: 'journey', poolSize: 1 })
  t.teardown(() => db.close())
  const ring = await openKeyRing({ db, now: systemNow, secrets: createSecrets(secret), requestId: anonymous('journey').requestId })
  return ring.sign
}

const urlsOf = (database: TestDatabase) => databaseUrls(database.ownerUrl, () => testRolePassword)

type Test = { teardown: (fn: () => unknown) => unknown; comment: (line: string) => void } & Pick<
  typeof t,
  'equal' | 'same' | 'ok' | 'notOk' | 'match'
>

import type { Actor } from '@siku/contracts'
import { contentHash } from '@siku/db'
import { newId } from '@siku/service-kit'
import autocannon from 'autocannon'
import postgres from 'postgres'
import { loadSample } from '../dev/sample/load-sample.ts'
import { memberOf } from '../dev/seed/sample-actors.ts'
import { systemNow } from '@siku/service-kit'
import { interleave, printMeasured } from './rounds.ts'
import type { BenchScene } from './scene.ts'

const connections = 10
const perRound = 400

/** Runs a job over `connections` lanes and gives jobs a second. */
async function lanes(job: (lane: number) => Promise<unknown>): Promise<number> {
  const started = performance.now()
  let left = perRound
  const lane = async (number: number) => {
    while (left-- > 0) await job(number)
  }
  await Promise.all(Array.from({ length: connections }, (_, number) => lane(number)))
  return perRound / ((performance.now() - started) / 1000)
}

/** P4: the create call against the same statements from a bare loop, and against a plain single-row INSERT of the same table. */
export async function benchCreateCall(scene: BenchScene, rounds: number): Promise<void> {
  const sample = loadSample(systemNow())
  const record = sample.technologies[0]
  const organisation = sample.organisations.find(({ key }) => key === record?.organisation)
  if (!record || !organisation) throw new Error('the sample has no technology')
  const author = memberOf(organisation, scene.keyOf)
  const clients = Array.from({ length: connections }, () =>
    postgres(scene.urls.service('technology-reserve'), { max: 1, onnotice: () => undefined, fetch_types: false })
  )
  const bare = statements(record.draft, author)
  try {
    const measured = await interleave(
      [
        { name: 'plain single-row INSERT', run: () => lanes((lane) => bare.insertOnly(clients[lane] as postgres.Sql)) },
        { name: 'same statements, bare loop', run: () => lanes((lane) => bare.whole(clients[lane] as postgres.Sql)) },
        { name: 'the create call', run: () => createCalls(scene, author, record.draft) }
      ],
      rounds
    )
    const [plain, loop, ours] = measured.map(({ median }) => median)
    printMeasured('P4 create call, 10 connections', 'creates/s', measured, [
      { id: 'P4', ratio: (ours ?? 0) / (loop ?? 1), atLeast: 0.8, against: 'the same statements from a bare loop' },
      { id: 'P4', ratio: (ours ?? 0) / (plain ?? 1), atLeast: 0.25, against: 'a plain single-row INSERT' }
    ])
  } finally {
    await Promise.all(clients.map((client) => client.end()))
  }
}

/**
 * The load comes from the same client as for the other routes, which signs once a round and takes little of the processors that both sides
 * share; every call is checked for its rights all the same.
 */
async function createCalls({ library, sign }: BenchScene, author: Actor, draft: unknown): Promise<number> {
  const token = await sign(author, 'technology-reserve')
  let lastAt = 0
  const started = performance.now()
  const { '2xx': created } = await new Promise<autocannon.Result>((resolve, reject) => {
    const load = autocannon(
      {
        url: `${library.address}/v1/technologies`,
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(draft),
        connections,
        amount: perRound
      },
      (error: Error | null, result) => (error ? reject(error) : resolve(result))
    )
    // Its own clock ticks in seconds.
    load.on('response', () => void (lastAt = performance.now()))
  })
  if (created !== perRound) throw new Error(`${perRound - created} of ${perRound} creates failed`)
  return perRound / ((lastAt - started) / 1000)
}

/** What the create verb sends, statement by statement, each awaited; and one plain INSERT under the same actor. */
function statements(draft: unknown, author: Actor) {
  const actor = JSON.stringify({ ...author, organisation: author.organisationId, key: author.organisationKey })
  const draftJson = JSON.stringify(draft)
  const owner = JSON.stringify(author.organisation)
  const authors = JSON.stringify([author.id])
  const send = (client: postgres.Sql, text: string, values: readonly unknown[] = []) =>
    client.unsafe(text, values as never[], { prepare: true })
  const begin = async (client: postgres.Sql) => {
    await send(client, 'begin')
    await send(client, "select set_config('siku.actor', $1, true)", [actor])
  }
  return {
    insertOnly: async (client: postgres.Sql) => {
      await begin(client)
      const id = newId()
      await send(client, plainInsert, [id, `BENCH-${id}`, author.organisationId, owner])
      await send(client, 'commit')
    },
    whole: async (client: postgres.Sql) => {
      await begin(client)
      const id = newId()
      const now = systemNow().toISOString()
      await send(client, insertRecord, [id, 'BENCH-', author.organisationId, owner, now])
      await send(client, lastNumber)
      await send(client, insertAudit, [author.id, author.organisationId, id])
      await send(client, insertVersion, [id, authors, draftJson, contentHash(draft), now])
      await send(client, 'commit')
    }
  }
}

const plainInsert = `insert into technology_reserve.record (id, reference, record_type, working_version, working_state,
  owner_organisation_id, owner, source_language, visibility, control_state, created_at, updated_at)
  values ($1, $2, 'TO', 1, 'draft', $3, $4::jsonb, 'zh', 'public-anonymous', 'unassessed', now(), now())`

const insertRecord = `insert into technology_reserve.record (id, reference, record_type, state, latest_version, working_version,
  working_state, owner_organisation_id, owner, source_language, visibility, open_for_interest, control_state, cleared_countries,
  screening_state, return_reasons, review_notes, renewals, revision, created_at, updated_at)
  values ($1, $2 || nextval('technology_reserve.reference'::regclass)::text, 'TO', 'new', 1, 1, 'draft', $3, $4::jsonb, 'zh',
  'public-anonymous', true, 'unassessed', '{}', 'not-screened', '[]', '[]', 0, 1, $5::timestamptz, $5::timestamptz)`

const lastNumber = "select currval('technology_reserve.reference'::regclass) as n"

const insertVersion = `insert into technology_reserve.version (record_id, version, state, authors, draft, hash, confirmed_leaks, created_at)
  values ($1, 1, 'draft', $2::jsonb, $3::jsonb, $4, '[]', $5::timestamptz)`

const insertAudit = `insert into audit.entry (actor_kind, actor_id, organisation_id, action, library, record_id, request_id, detail)
  values ('user', $1, $2::uuid, 'record.create', 'technology-reserve', $3::uuid, 'bench', '{}'::jsonb)`

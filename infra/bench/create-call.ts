import { contentHash } from '@siku/db'
import { newId } from '@siku/service-kit'
import postgres from 'postgres'
import { loadSample } from '../dev/sample/load-sample.ts'
import { serviceCaller } from '../dev/seed/call-service.ts'
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
  const { call, close } = serviceCaller({ services: { 'technology-reserve': scene.library.address }, sign: scene.sign, connections })
  const clients = Array.from({ length: connections }, () =>
    postgres(scene.urls.service('technology-reserve'), { max: 1, onnotice: () => undefined, fetch_types: false })
  )
  const bare = statements(record.draft, author)
  try {
    const measured = await interleave(
      [
        { name: 'plain single-row INSERT', run: () => lanes((lane) => bare.insertOnly(clients[lane] as postgres.Sql)) },
        { name: 'same statements, bare loop', run: () => lanes((lane) => bare.whole(clients[lane] as postgres.Sql)) },
        {
          name: 'the create call',
          run: () =>
            lanes(async () => {
              const answer = await call({
                actor: author,
                service: 'technology-reserve',
                method: 'POST',
                path: '/v1/technologies',
                body: record.draft
              })
              if (answer.status !== 201) throw new Error(`create was answered ${answer.status}`)
            })
        }
      ],
      rounds
    )
    const [plain, loop, ours] = measured.map(({ median }) => median)
    printMeasured('P4 create call, 10 connections', 'creates/s', measured, [
      { id: 'P4', ratio: (ours ?? 0) / (loop ?? 1), atLeast: 0.8, against: 'the same statements from a bare loop' },
      { id: 'P4', ratio: (ours ?? 0) / (plain ?? 1), atLeast: 0.25, against: 'a plain single-row INSERT' }
    ])
  } finally {
    await close()
    await Promise.all(clients.map((client) => client.end()))
  }
}

/** What the create verb sends, statement by statement. */
function statements(draft: unknown, author: ReturnType<typeof memberOf>) {
  const actor = JSON.stringify({ ...author, organisation: author.organisationId, key: author.organisationKey })
  const draftJson = JSON.stringify(draft)
  const owner = JSON.stringify(author.organisation)
  const insertRecord = (client: postgres.Sql, id: string, reference: string) =>
    client.unsafe(
      `insert into technology_reserve.record (id, reference, record_type, working_version, working_state, owner_organisation_id, owner, source_language, visibility,
      control_state, created_at, updated_at) values ($1, $2, 'TO', 1, 'draft', $3, $4::jsonb, 'zh', 'public-anonymous', 'unassessed', now(), now())`,
      [id, reference, author.organisationId, owner] as never[],
      { prepare: true }
    )
  const begin = async (client: postgres.Sql) => {
    await client.unsafe('begin')
    await client.unsafe("select set_config('siku.actor', $1, true)", [actor], { prepare: true })
  }
  return {
    insertOnly: async (client: postgres.Sql) => {
      await begin(client)
      const id = newId()
      await insertRecord(client, id, `BENCH-${id}`)
      await client.unsafe('commit')
    },
    whole: async (client: postgres.Sql) => {
      await begin(client)
      const id = newId()
      const [next] = await client.unsafe("select nextval('technology_reserve.reference'::regclass) as n", [], { prepare: true })
      await insertRecord(client, id, `BENCH-${String(next?.n)}`)
      await client.unsafe(
        `insert into technology_reserve.version (record_id, version, state, authors, draft, hash, created_at) values ($1, 1, 'draft', $2::jsonb, $3::jsonb, $4, now())`,
        [id, JSON.stringify([author.id]), draftJson, contentHash(draft)],
        { prepare: true }
      )
      await client.unsafe(
        `insert into audit.entry (actor_kind, actor_id, organisation_id, action, library, record_id, request_id, detail) values ('user', $1, $2::uuid, 'record.create', 'technology-reserve', $3::uuid, 'bench', '{}'::jsonb)`,
        [author.id, author.organisationId, id] as never[],
        { prepare: true }
      )
      await client.unsafe('select * from technology_reserve.record where id = $1', [id], { prepare: true })
      await client.unsafe('select * from technology_reserve.version where record_id = $1 and version = 1', [id], { prepare: true })
      await client.unsafe('commit')
    }
  }
}

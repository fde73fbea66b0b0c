import { libraryNames } from '@siku/contracts'
import type { Service } from '@siku/service-kit'
import { Type } from 'typebox'
import t from 'tap'
import { libraryTargets } from './access/library-targets.ts'
import { matchTargets } from './access/match-targets.ts'
import { fuzzAll, uncaught } from './fuzz/fuzz-all.ts'
import { fuzzOperation, newTally, type CallerActors, type Fuzzing } from './fuzz/fuzz-operation.ts'
import { knownObjects, type Known } from './fuzz/known-objects.ts'
import type { Caller } from './fuzz/requests.ts'
import { rawRequests, sendRaw } from './fuzz/raw-requests.ts'
import { draftOf } from './support/drafts.ts'
import { documentOf, operationsOf, type Operation } from './support/openapi.ts'
import { organisations, personOf, writerRole } from './support/people.ts'
import { openPlaces, type PlaceName, type Places } from './support/places.ts'
import { send } from './support/send.ts'
import { scale } from './scale.ts'

/** R-E1: whatever is sent, each answer is documented, shaped as documented and never a fault of ours. `SIKU_FUZZ_SEED` replays a run. */
t.setTimeout(900_000)
const runs = 200 * scale
const seed = Number(process.env.SIKU_FUZZ_SEED ?? '20270301')
const mebibyte = 1024 * 1024

function fuzzingOf(
  places: Places,
  service: PlaceName,
  { known, actors, goodFor }: { known: readonly Known[]; actors: CallerActors; goodFor: Fuzzing['goodFor'] }
): Fuzzing {
  const app = places.app(service)
  const headersOf = async (caller: Caller): Promise<Record<string, string>> =>
    caller === 'owner' || caller === 'reviewer' ? { authorization: `Bearer ${await places.tokens.sign(actors[caller], service)}` } : {}
  return { app, document: documentOf(app), known: knownObjects(known), headersOf, goodFor, seed, runs }
}

function actorsOf({ keyOf }: Places, ownerRole: CallerActors['owner']['roles'][number]): CallerActors {
  return {
    owner: personOf({ name: 'owner', of: organisations.a, roles: [ownerRole], keyOf }),
    // All that staff may do, in one person: few requests should end at the door.
    reviewer: personOf({
      name: 'reviewer',
      of: organisations.commission,
      roles: ['senior-reviewer', 'compliance', 'match-officer', 'intake', 'operator'],
      keyOf
    })
  }
}

for (const library of libraryNames) {
  t.test(`${library} answers whatever is sent as its document says`, async (t) => {
    const places = await openPlaces(t, { only: [library] })
    const { base, forWriting } = await libraryTargets(places, library)
    await places.settle()
    const bodies: Record<string, readonly unknown[]> = {
      [`create_${base.library}`]: [draftOf(library)],
      [`merge_${base.library}`]: [{ into: base.reference }]
    }
    const collection = places.library(library).collection
    const goodFor = ({ operationId }: Operation) => bodies[operationId.replace(collection, library)] ?? []
    await fuzzAll(t, fuzzingOf(places, library, { known: [base, ...forWriting], actors: actorsOf(places, writerRole[library]), goodFor }))
  })
}

t.test('matching answers whatever is sent as its document says', async (t) => {
  const places = await openPlaces(t, { only: ['technology-reserve', 'cooperation-demand', 'matching'] })
  const { matches, demands, changes } = await matchTargets(places)
  const concept: Known = { id: 'reverse-osmosis', revision: 1, fileId: '' }
  await fuzzAll(
    t,
    fuzzingOf(places, 'matching', {
      known: [...matches, ...demands, ...changes, concept],
      actors: actorsOf(places, 'member'),
      goodFor: () => []
    })
  )
})

const padded = (body: object, bytes: number) => {
  const text = JSON.stringify(body)
  return Buffer.from(text + ' '.repeat(bytes - Buffer.byteLength(text)))
}

t.test('a body at the limit is read, one byte more is 413', async (t) => {
  const places = await openPlaces(t, { only: ['project-results'] })
  const app: Service = places.app('project-results')
  const { base } = await libraryTargets(places, 'project-results')
  const token = await places.tokens.sign(actorsOf(places, 'member').owner, 'project-results')
  const json = { 'content-type': 'application/json' }
  for (const [bytes, status] of [
    [mebibyte - 1, 201],
    [mebibyte, 201],
    [mebibyte + 1, 413]
  ] as const) {
    const answer = await send(app, {
      method: 'POST',
      url: '/v1/results',
      token,
      headers: json,
      body: padded(draftOf('project-results'), bytes)
    })
    t.equal(answer.status, status, `${bytes} bytes`)
  }
  const url = `/v1/results/${base.id}/files?name=a.txt&title=a&confidentiality=owner`
  const fileMax = 25 * mebibyte
  for (const [bytes, status] of [
    [fileMax, 201],
    [fileMax + 1, 413]
  ] as const) {
    // With a key, for then the whole of it is hashed.
    const started = performance.now()
    const headers = { 'content-type': 'application/octet-stream', 'idempotency-key': `file-${bytes}` }
    const answer = await send(app, { method: 'POST', url, token, headers, body: Buffer.alloc(bytes, 'a') })
    t.equal(answer.status, status, `a file of ${bytes} bytes`)
    t.ok(performance.now() - started < 10_000, `took ${Math.round(performance.now() - started)} ms`)
  }
})

t.test('bytes that are no good HTTP never end the process and are never answered with a fault of ours', async (t) => {
  const places = await openPlaces(t, { only: ['project-results'] })
  const app = places.app('project-results')
  await app.listen({ host: '127.0.0.1', port: 0 })
  const address = app.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  for (const request of rawRequests) {
    const statuses = await sendRaw(port, request, 12_000)
    // 505 is the server's own word for a protocol version that it does not speak.
    t.ok(
      statuses.every((status) => status < 500 || status === 505) && (statuses.length > 0 || request.mayEnd),
      `${request.what}: ${statuses.join() || 'closed'}`
    )
  }
  t.equal((await send(app, { method: 'GET', url: '/health/live' })).status, 200, 'the process lives')
  t.same(uncaught, [], 'no error went uncaught')
})

t.test('control: a route that throws on a certain input, and one that answers otherwise than it says, are found', async (t) => {
  const text = Type.Object({ text: Type.String({ maxLength: 100 }) }, { additionalProperties: false })
  const shared = { config: { access: 'public' as const, idempotency: false as const } }
  const places = await openPlaces(t, {
    only: ['project-results'],
    plugins: [
      async (app) => {
        app.post(
          '/v1/traps/throws',
          { ...shared, schema: { operationId: 'throws', tags: ['x'], summary: 'x', body: text, response: { 200: text } } },
          async ({ body }) => {
            // Text that runs from right to left, or digits of another script: what a program that counts bytes stumbles over.
            if (/[\u200f\u202e\uff11-\uff19\u0663]/.test(body.text)) throw new Error('a trap')
            return body
          }
        )
        app.post(
          '/v1/traps/lies',
          { ...shared, schema: { operationId: 'lies', tags: ['x'], summary: 'x', body: text, response: { 200: text } } },
          async ({ body }, reply) =>
            body.text.normalize('NFC') === body.text ? body : reply.type('application/json').send(JSON.stringify({ other: 1 }) as never)
        )
      }
    ]
  })
  const fuzzing = {
    ...fuzzingOf(places, 'project-results', { known: [], actors: actorsOf(places, 'member'), goodFor: () => [] }),
    // Two texts of many are the trap: what is rare takes more requests than a run for every change has.
    runs: 800
  }
  const tally = newTally()
  for (const operation of operationsOf(fuzzing.document).filter(({ path }) => path.startsWith('/v1/traps')))
    await fuzzOperation(fuzzing, operation, tally)
  t.match(tally.findings.map(({ operation }) => operation).toSorted(), ['POST /v1/traps/lies', 'POST /v1/traps/throws'])
  for (const { operation, replay } of tally.findings) t.comment(`${operation}: ${replay.slice(0, 300)}`)
})

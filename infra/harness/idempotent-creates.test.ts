import { libraryNames, serviceActor, type LibraryName } from '@siku/contracts'
import { sql } from 'drizzle-orm'
import { randomUUID } from 'node:crypto'
import t, { type Test } from 'tap'
import { cutConnections } from './idempotency/cut-connections.ts'
import { untilAnswered, type Attempt, type Create } from './idempotency/repeat-create.ts'
import { draftOf } from './support/drafts.ts'
import { organisations, personOf, writerRole } from './support/people.ts'
import { openPlaces, type Places } from './support/places.ts'
import { inParallel, send } from './support/send.ts'
import { scale } from './scale.ts'

/** R-F1: creates that are sent again and again, at once and after cut connections, make one object for each key and tell of it alike. */
t.setTimeout(600_000)
const creates = 200 * scale
const atOnce = 10
const seen = serviceActor('service:index', 'see')

type Planned = { library: LibraryName; marker: string; create: Create; twins: number }
type Done = Planned & { attempts: Attempt[] }

/** A draft of one of the libraries in turn, and every fifth a file of a record. */
async function plan(places: Places, n: number, key: string | undefined): Promise<Planned> {
  const library = libraryNames[n % libraryNames.length] as LibraryName
  const actor = personOf({ name: 'owner', of: organisations.a, roles: [writerRole[library]], keyOf: places.keyOf })
  const token = await places.tokens.sign(actor, library)
  const collection = `/v1/${places.library(library).collection}`
  const marker = `once-${randomUUID()}`
  const twins = 1 + (n % 5)
  if (n % 5 !== 4)
    return {
      library,
      marker,
      twins,
      create: { url: collection, token, key, type: 'application/json', body: JSON.stringify(draftOf(library, { title: marker })) }
    }
  const record = await send(places.app(library), { method: 'POST', url: collection, token, body: draftOf(library) })
  const url = `${collection}/${String(record.body.id)}/files?name=a.txt&title=${marker}&confidentiality=owner`
  return { library, marker, twins, create: { url, token, key, type: 'application/octet-stream', body: Buffer.from(marker) } }
}

async function sendAll(t: Test, places: Places, keyed: 'keyed' | 'without a key'): Promise<{ done: Done[]; struck: number }> {
  const fronts = new Map<LibraryName, { clean: string; cuts: Awaited<ReturnType<typeof cutConnections>> }>()
  for (const library of libraryNames) {
    const clean = await places.app(library).listen({ host: '127.0.0.1', port: 0 })
    const cuts = await cutConnections(Number(new URL(clean).port))
    t.teardown(() => cuts.close())
    fronts.set(library, { clean, cuts })
  }
  const done: Done[] = []
  await inParallel(
    Array.from({ length: creates }, (_, n) => n),
    atOnce,
    async (n) => {
      const planned = await plan(places, n, keyed === 'keyed' ? randomUUID() : undefined)
      const front = fronts.get(planned.library)
      if (front === undefined) return
      const { addresses } = front.cuts
      // Each twin begins behind another fault, meets one more, and ends on a clean connection.
      const twins = Array.from({ length: planned.twins }, (_, twin) =>
        untilAnswered(planned.create, [
          addresses[(n + twin) % addresses.length] ?? '',
          addresses[(n * 3 + twin) % addresses.length] ?? '',
          front.clean
        ])
      )
      done.push({ ...planned, attempts: (await Promise.all(twins)).flat() })
    }
  )
  return { done, struck: [...fronts.values()].reduce((sum, { cuts }) => sum + cuts.struck(), 0) }
}

/** How many objects carry a marker, whether anybody was told of them or not. */
async function objectsOf({ owner, library }: Places, { library: name, marker }: Planned): Promise<string[]> {
  const table = (one: string) => sql`${sql.identifier(library(name).schemaName)}.${sql.identifier(one)}`
  return owner.withRead(seen, async (tx) =>
    [
      ...(await tx.execute<{ id: string }>(sql`
    select record_id::text as id from ${table('version')} where draft ->> 'title' = ${marker} union all select id::text from ${table('file')} where title = ${marker}`))
    ].map(({ id }) => id)
  )
}

function judge({ attempts, create }: Done, objects: readonly string[]): string[] {
  const answered = attempts.filter((one) => one.outcome === 'answered')
  const good = answered.filter(({ status }) => status < 300)
  const other = answered.filter(({ status, code }) => status >= 300 && code !== 'SIKU_IDEMPOTENCY_IN_FLIGHT' && status !== 503)
  const faults = [
    objects.length !== 1 && `${objects.length} objects`,
    good.length === 0 && 'nobody was told',
    other.length > 0 && `answered ${JSON.stringify(other)}`,
    new Set(good.map(({ status }) => status)).size > 1 && `told ${good.map(({ status }) => status).join()}`,
    good.some(({ id }) => id !== objects[0]) && `told of ${good.map(({ id }) => id).join()}, there is ${objects.join()}`
  ]
  return faults.filter((fault) => fault !== false).map((fault) => `${create.url}: ${fault}`)
}

t.test('one object for each key, and the same status and id on every repeat', async (t) => {
  const places = await openPlaces(t)
  const { done, struck } = await sendAll(t, places, 'keyed')
  const attempts = done.flatMap((one) => one.attempts)
  const count = (test: (one: Attempt) => boolean) => attempts.filter(test).length
  const inFlight = count((one) => one.outcome === 'answered' && one.code === 'SIKU_IDEMPOTENCY_IN_FLIGHT')
  t.comment(
    `${done.length} creates, ${attempts.length} attempts, ${count(({ outcome }) => outcome === 'lost')} lost, ${inFlight} told that a twin is at work`
  )
  t.equal(done.length, creates)
  t.ok(struck > creates / 2, `${struck} faults struck`)
  t.ok(count(({ outcome }) => outcome === 'lost') > creates / 4, 'answers were lost')
  const faults: string[] = []
  for (const one of done) faults.push(...judge(one, await objectsOf(places, one)))
  t.same(faults, [])
})

t.test('control: without the key the same creates leave more than one object', async (t) => {
  const places = await openPlaces(t)
  const { done } = await sendAll(t, places, 'without a key')
  const counts = await Promise.all(done.map(async (one) => (await objectsOf(places, one)).length))
  t.ok(
    counts.some((count) => count > 1),
    `${counts.filter((count) => count > 1).length} of ${counts.length} have twins`
  )
  t.ok(done.flatMap((one, index) => judge(one, Array.from({ length: counts[index] ?? 0 }, String))).length > 0, 'and the judge says so')
})

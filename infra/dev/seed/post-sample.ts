import { collectionOf, schemaOf, serviceActor, type Actor, type Draft, type LibraryName } from '@siku/contracts'
import type { Database } from '@siku/db'
import { sql } from 'drizzle-orm'
import { loadSample, type Sample, type SampleRecord } from '../sample/load-sample.ts'
import { expectOk, type CallService } from './call-service.ts'
import { postRecord, step, type Posted } from './post-record.ts'
import { memberOf, staff } from './sample-actors.ts'

export type PostSampleOptions = {
  call: CallService
  keyOf: (organisationId: string) => string
  databases: Record<LibraryName, Database>
  today: Date
  onProgress?: (done: number, total: number) => void
}
export type PostedSample = { records: Map<string, Posted & { library: LibraryName }>; skipped: number }

type Line = { library: LibraryName; record: SampleRecord<unknown> }
const parallel = 8

/**
 * Posts the sample as its people would: each record by its own organisation, reviewed by staff, and for what is under export control two
 * compliance officers. What is there already (told by its idempotency key) is not posted again.
 */
export async function postSample(options: PostSampleOptions): Promise<PostedSample> {
  const sample = loadSample(options.today)
  const lines = linesOf(sample)
  const records = new Map<string, Posted & { library: LibraryName }>()
  let skipped = 0
  let done = 0
  const queue = [...lines]
  const work = async () => {
    for (let line = queue.shift(); line !== undefined; line = queue.shift()) {
      const posted = await postLine(options, sample, line)
      if (posted.repeated) skipped++
      records.set(line.record.key, { ...posted.record, library: line.library })
      options.onProgress?.(++done, lines.length)
    }
  }
  await Promise.all(Array.from({ length: parallel }, work))
  return { records, skipped }
}

const linesOf = (sample: Sample): Line[] => [
  ...sample.technologies.map((record) => ({ library: 'technology-reserve' as const, record })),
  ...sample.demands.map((record) => ({ library: 'cooperation-demand' as const, record })),
  ...sample.results.map((record) => ({ library: 'project-results' as const, record })),
  ...sample.institutions.map((record) => ({ library: 'platform-institutions' as const, record }))
]

async function postLine({ call, keyOf, databases, today }: PostSampleOptions, sample: Sample, { library, record }: Line) {
  const organisation = sample.organisations.find(({ key }) => key === record.organisation)
  if (!organisation)
    throw new Error(`The sample record ${record.key} belongs to ${record.organisation}, which is not in organisations.jsonl`)
  const author = library === 'platform-institutions' ? memberOf(organisation, keyOf, 'institution-editor') : memberOf(organisation, keyOf)
  const before = await findPosted(databases[library], library, author, record.draft)
  if (before) return { record: before, repeated: true }

  const reviewer = staff('reviewer', ['reviewer'], keyOf)
  const posted = await postRecord(call, { library, draft: record.draft, author, reviewer })
  const assessed = await assess(call, { library, record, posted, keyOf, today })
  await writeContact(call, sample, { library, record, posted, author })
  await backdate(databases[library], library, posted, record.published)
  return { record: assessed, repeated: false }
}

/** A second run finds its own records by owner and title. */
async function findPosted(db: Database, library: LibraryName, author: Actor, draft: Draft): Promise<Posted | undefined> {
  return db.withRead(author, async (tx) => {
    const schema = sql.identifier(schemaOf(library))
    const [row] = await tx.execute<Posted>(sql`
      select r.id, r.reference, r.revision, v.version from ${schema}.record r join ${schema}.version v on v.record_id = r.id
      where r.owner_organisation_id = ${author.organisationId}::uuid and v.draft ->> 'title' = ${draft.title} order by r.created_at limit 1`)
    return row
  })
}

type Assessing = { library: LibraryName; record: SampleRecord<unknown>; posted: Posted; keyOf: (id: string) => string; today: Date }

async function assess(call: CallService, { library, record, posted, keyOf, today }: Assessing): Promise<Posted> {
  if (record.control === undefined || record.control === 'unassessed') return posted
  const { letter } = record
  const validFrom = today.toISOString().slice(0, 10)
  const body = {
    state: record.control,
    edition: 'sample catalogue 2025',
    ...(letter === undefined ? {} : { letter: { ...letter, validFrom } })
  }
  const first = staff('compliance', ['compliance'], keyOf)
  const second = staff('second-compliance', ['compliance'], keyOf)
  const assessed = await step(call, { library, actor: first, record: posted, name: 'control/assess', body })
  return step(call, { library, actor: second, record: assessed, name: 'control/confirm' })
}

type Contacting = { library: LibraryName; record: SampleRecord<unknown>; posted: Posted; author: Actor }

async function writeContact(call: CallService, sample: Sample, { library, record, posted, author }: Contacting): Promise<void> {
  const found = sample.contacts.find((line) => line.library === library && line.record === record.key)
  if (!found) return
  const { library: _library, record: _record, ...contact } = found
  const collection = `/v1/${collectionOf[library]}`
  await expectOk(
    call({ actor: author, service: library, method: 'PUT', path: `${collection}/${posted.id}/contact`, body: contact }),
    `Storing the contact of ${posted.reference}`
  )
}

/** The sample tells a story with a past: a record is as old as its line says, so that the clock has something to do. */
async function backdate(db: Database, library: LibraryName, posted: Posted, published: string): Promise<void> {
  const schema = sql.identifier(schemaOf(library))
  await db.withTx(serviceActor('service:clock', 'sample'), (tx) =>
    tx.execute(sql`
    update ${schema}.record set valid_until = valid_until - (published_at - ${published}::timestamptz),
      last_confirmed_at = ${published}::timestamptz, published_at = ${published}::timestamptz
    where id = ${posted.id}::uuid and published_at > ${published}::timestamptz`)
  )
}

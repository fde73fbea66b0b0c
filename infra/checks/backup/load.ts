import { collectionOf, type LibraryName } from '@siku/contracts'
import { createLogger, openedThings, systemNow } from '@siku/service-kit'
import postgres from 'postgres'
import { openInstallation, type Installation } from '../../dev/installation/open-installation.ts'
import { prepareInstallation } from '../../dev/installation/prepare-installation.ts'
import { loadSample } from '../../dev/sample/load-sample.ts'
import { serviceCaller, type CallService } from '../../dev/seed/call-service.ts'
import { step, type Posted } from '../../dev/seed/post-record.ts'
import { memberOf, staff } from '../../dev/seed/sample-actors.ts'

/** The library that is written to while a backup is taken. */
export const library: LibraryName = 'cooperation-demand'
const log = createLogger({ name: 'backup', level: 'silent' })
const writers = 2

/** What a client was told, and when. */
export type Acknowledged = { key: string; id: string; word: string; draft: unknown; at: number; publishedAt: number | undefined }

export type Running = Installation & { ownerUrl: string; call: CallService; close: () => Promise<void> }

/** An installation in this process, on a data folder. */
export async function openRunning(place: string): Promise<Running> {
  process.env.SIKU_DATA_DIR = place
  const opened = openedThings(log)
  const { urls, secret } = await prepareInstallation(opened, place, () => {})
  const installation = await openInstallation(opened, { urls, secret, log, port: 0 })
  const { call } = opened.use('caller', serviceCaller({ services: installation.services, sign: installation.keyRing.sign }))
  return { ...installation, ownerUrl: urls.owner, call, close: () => opened.close() }
}

const sample = loadSample(systemNow())
const [need] = sample.demands
const asker = sample.organisations.find(({ key }) => key === need?.organisation)
if (!need || !asker) throw new Error('the sample has no demand with its organisation')
export const author = ({ keyOf }: Installation) => memberOf(asker, keyOf)

/** People who post one demand after another, and send again under the same key what was not answered. */
export function startLoad(running: Running) {
  const acknowledged: Acknowledged[] = []
  const sent: string[] = []
  const faults: string[] = []
  let stopping = false
  let count = 0
  const reviewer = staff('reviewer', ['reviewer'], running.keyOf)

  const postOne = async () => {
    const word = wordOf(++count)
    const key = `backup-load-${count}`
    const draft = { ...need?.draft, title: `${need?.draft.title} ${word}` }
    sent.push(word)
    for (;;) {
      const { status, body } = await create(running.call, author(running), { key, draft }).catch(() => ({
        status: 503,
        body: {} as Posted
      }))
      if (status === 503) continue
      if (status !== 201) return void faults.push(`create was answered ${status}: ${JSON.stringify(body)}`)
      const line: Acknowledged = { key, id: body.id, word, draft, at: Date.now(), publishedAt: undefined }
      acknowledged.push(line)
      const submitted = await step(running.call, { library, actor: author(running), record: body, name: 'submit' })
      await step(running.call, { library, actor: reviewer, record: submitted, name: 'approve' })
      line.publishedAt = Date.now()
      return
    }
  }
  const work = async () => {
    while (!stopping) await postOne().catch((error: Error) => faults.push(error.message))
  }
  const working = Promise.all(Array.from({ length: writers }, work))
  return {
    acknowledged,
    sent,
    faults,
    stop: async () => {
      stopping = true
      await working
    }
  }
}

export const create = (call: CallService, actor: ReturnType<typeof author>, { key, draft }: { key: string; draft: unknown }) =>
  call<Posted>({ actor, service: library, method: 'POST', path: `/v1/${collectionOf[library]}`, body: draft, idempotencyKey: key })

/** A word no text has, so that a search for it means one record. */
const wordOf = (count: number): string =>
  `zorqu${[...String(count).padStart(5, '0')].map((digit) => 'bdfghjkmnp'[Number(digit)]).join('a')}`

export type There = { records: string[]; published: string[]; words: string[] }

export async function readThere(ownerUrl: string): Promise<There> {
  const owner = postgres(ownerUrl, { max: 1, onnotice: () => {} })
  try {
    const records = await owner<{ id: string; title: string }[]>`
      select r.id, v.draft ->> 'title' as title from cooperation_demand.record r join cooperation_demand.version v on v.record_id = r.id`
    const published = await owner<{ id: string }[]>`select id from published.document where not tombstone`
    return {
      records: records.map(({ id }) => id),
      published: published.map(({ id }) => id),
      words: records.map(({ title }) => title.split(' ').at(-1) ?? '')
    }
  } finally {
    await owner.end()
  }
}

/** What was acknowledged before an instant and is not there. */
export function lost(acknowledged: readonly Acknowledged[], there: There, point: number): string[] {
  const records = new Set(there.records)
  const published = new Set(there.published)
  return acknowledged.flatMap(({ id, at, publishedAt }) => {
    if (at < point && !records.has(id)) return [`record ${id}`]
    return publishedAt !== undefined && publishedAt < point && !published.has(id) ? [`publication of ${id}`] : []
  })
}

import type { LibraryName } from '@siku/contracts'
import type { Thesaurus } from '@siku/thesaurus'
import postgres from 'postgres'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { databaseUrls, type DatabaseUrls } from '../dev/installation/database-urls.ts'
import { migrateInstallation } from '../dev/installation/migrate-installation.ts'
import { drawCorpus, type CorpusLibrary } from './corpus.ts'
import type { MixedRecord } from './mixed-records.ts'
import { withServer, type ProcessorClock } from './processor-time.ts'

export type CorpusSize = { technologies: number; needs: number }

/** A database that holds a drawn corpus as if the libraries had published and the index workers read it. */
export type CorpusDatabase = CorpusSize & {
  urls: DatabaseUrls
  /** The owner's connection, for what only a reference does. */
  owner: postgres.Sql
  clock: ProcessorClock
  close: () => Promise<void>
}

const name = 'siku_corpus'

export type CorpusPlace = { serverUrl: string; passwordOf: (role: string) => string; thesaurus: Thesaurus; size: CorpusSize }

/** Makes the database anew and fills it by COPY, past the triggers that would owe work for every row. */
export async function openCorpusDatabase({ serverUrl, passwordOf, thesaurus, size }: CorpusPlace): Promise<CorpusDatabase> {
  const ownerUrl = await createDatabase(serverUrl)
  await migrateInstallation(ownerUrl, passwordOf)
  const owner = postgres(ownerUrl, { max: 1, max_lifetime: null, onnotice: () => undefined, connection: { statement_timeout: 0 } })
  await owner`set session_replication_role = replica`
  const counts: Record<CorpusLibrary, number> = { 'technology-reserve': size.technologies, 'cooperation-demand': size.needs }
  for (const [library, count] of Object.entries(counts) as [CorpusLibrary, number][]) {
    await copyRecords(owner, () => drawCorpus({ thesaurus, library, count }))
    await owner`insert into published.counter (library, position) values (${library}, ${count})`
  }
  await owner.unsafe('vacuum analyze published.document, published.annotation')
  await owner`set session_replication_role = origin`
  const [server] = await owner<{ pid: number }[]>`select split_part(pg_read_file('postmaster.pid'), E'\n', 1)::int as pid`
  return { ...size, owner, urls: databaseUrls(ownerUrl, passwordOf), clock: withServer(server?.pid ?? 0), close: () => owner.end() }
}

async function createDatabase(serverUrl: string): Promise<string> {
  const client = postgres(serverUrl, { max: 1, onnotice: () => undefined })
  try {
    await client.unsafe(`create database ${name} template template0`)
  } finally {
    await client.end()
  }
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}

/** Drawn twice rather than kept: a hundred thousand records with their annotations fill gigabytes. */
async function copyRecords(owner: postgres.Sql, draw: () => Iterable<MixedRecord>): Promise<void> {
  const documents = owner`copy published.document (library, id, version, revision, hash, state, visibility, open_for_interest, control_state,
    owner_key, country, published_at, text, exposed, position) from stdin`
  await pipeline(Readable.from(linesOf(draw(), documentRow)), await documents.writable())
  const annotations = owner`copy published.annotation (library, id, version, edition, hash, annotation) from stdin`
  await pipeline(Readable.from(linesOf(draw(), annotationRow)), await annotations.writable())
}

type Cell = string | number | boolean | null

function documentRow({ document }: MixedRecord): Cell[] {
  const { library, id, version, revision, hash, state, visibility, openForInterest, controlState, ownerKey } = document
  const { country, publishedAt, text, position } = document
  const access = [state, visibility, openForInterest, controlState, ownerKey]
  return [library, id, version, revision, hash, ...access, country, publishedAt, JSON.stringify(text), true, position]
}

function annotationRow({ document: { library, id, version, hash }, annotation }: MixedRecord): Cell[] {
  return [library satisfies LibraryName, id, version, annotation.edition, hash, JSON.stringify(annotation)]
}

const rowsTogether = 200

/** Rows of COPY's text format, many to a chunk. */
function* linesOf(records: Iterable<MixedRecord>, rowOf: (record: MixedRecord) => Cell[]): Generator<string> {
  let chunk = ''
  let rows = 0
  for (const record of records) {
    chunk += `${rowOf(record).map(cellText).join('\t')}\n`
    if (++rows % rowsTogether > 0) continue
    yield chunk
    chunk = ''
  }
  if (chunk !== '') yield chunk
}

const cellText = (cell: Cell): string =>
  cell === null ? '\\N' : String(cell).replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t')

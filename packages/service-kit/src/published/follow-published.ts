import { libraryNames, serviceActor, type LibraryName } from '@siku/contracts'
import { pagesAfter, type AnnotatedDocument, type Database } from '@siku/db'
import type { SearchIndex } from '@siku/search'
import type { Annotation } from '@siku/thesaurus'
import { setImmediate as yieldToOthers } from 'node:timers/promises'
import type { Logger } from '../context.ts'
import { toSearchDocument } from './to-search-document.ts'

export type FollowOptions = {
  db: Database
  index: SearchIndex
  /** Asked before every pass where it may change: everything is then read again, over what is there. */
  edition: string | (() => Promise<string>)
  log: Logger
  pollMs?: number
  pageSize?: number
  libraries?: readonly LibraryName[]
}

const actor = serviceActor('service:index', 'follow-published')

/**
 * Feeds an in-process index from `published.document` in position order, and goes on following. Resolves when it has caught up for
 * the first time; a search that needs a later place waits on the index's own `waitFor`.
 */
export async function followPublished({ db, index, edition, log, pollMs = 150, pageSize = 200, libraries = libraryNames }: FollowOptions) {
  const positions = new Map<LibraryName, number>()
  let closing = false
  let timer: NodeJS.Timeout | undefined

  const editionNow = typeof edition === 'string' ? async () => edition : edition
  let current: string | undefined

  const followLibraries = async (edition: string) => {
    let behind = libraries
    while (behind.length > 0) {
      const asked = behind
      const pages = await db.withRead(actor, (tx) => pagesAfter(tx, asked, { positions, limit: pageSize, edition }))
      for (const { library, rows } of pages) {
        await apply(index, rows)
        const last = rows.at(-1)?.position
        if (typeof last === 'number') positions.set(library, last)
      }
      if (closing) return
      behind = pages.flatMap(({ library, rows }) => (rows.length === pageSize ? [library] : []))
      if (behind.length > 0) await yieldToOthers()
    }
  }
  const pass = async () => {
    const now = await editionNow()
    if (now !== current) positions.clear()
    current = now
    await followLibraries(now)
  }
  let running: Promise<void> = pass()
  await running

  const next = () => {
    if (closing) return
    timer = setTimeout(() => {
      running = pass()
        .catch((error: unknown) => tellOf(error, log))
        .finally(next)
    }, pollMs)
  }
  next()

  return {
    positions: () => new Map(positions),
    close: async () => {
      closing = true
      clearTimeout(timer)
      await running.catch(() => undefined)
    }
  }
}

function tellOf(error: unknown, log: Logger): void {
  log.warn(
    { event: 'follow.failed', cause: error instanceof Error ? error.name : 'unknown' },
    'the copy of published records could not be brought up to date; trying again'
  )
}

async function apply(index: SearchIndex, rows: readonly AnnotatedDocument[]): Promise<void> {
  if (rows.length === 0) return
  const gone = rows.filter((row) => row.tombstone)
  const live = rows.filter((row) => !row.tombstone)
  if (live.length > 0) await index.put(live.map((row) => toSearchDocument(row, row.annotation as Annotation | null, row.changedAt)))
  if (gone.length > 0) await index.remove(gone.map(({ library, id, position }) => ({ library, id, position: position ?? 0 })))
}

import { serviceActor, type LibraryName } from '@siku/contracts'
import { documentsAfter, type Database } from '@siku/db'
import { sql } from 'drizzle-orm'
import { setImmediate as yieldToOthers } from 'node:timers/promises'
import { createMatchShelf, type MatchShelf } from './match-shelf.ts'
import type { Scorer } from './scoring.ts'

export type PublishedCopyOptions = { db: Database; scorer: Scorer; pageSize?: number }

export type PublishedCopy = Omit<MatchShelf, 'take' | 'unread'> & {
  /** Returns once everything that was numbered when it was called is in the copy. */
  catchUp: () => Promise<void>
}

const followed: readonly LibraryName[] = ['technology-reserve', 'cooperation-demand']
const actor = serviceActor('service:match', 'published-copy')

/**
 * The matcher's own copy of what is published on both sides, fed in position order. Who catches up after taking a claim sees every
 * counterpart that was ready before it: of two records that become ready at once, the later one's run finds the pair.
 */
export function createPublishedCopy({ db, scorer, pageSize = 500 }: PublishedCopyOptions): PublishedCopy {
  const { take, unread, ...shelf } = createMatchShelf(scorer)
  const positions = new Map<LibraryName, number>()

  const page = (library: LibraryName, after: number, limit: number) =>
    db.withRead(actor, (tx) => documentsAfter(tx, { library, after, limit, edition: scorer.edition }))

  const follow = async (library: LibraryName) => {
    for (;;) {
      const rows = await page(library, positions.get(library) ?? 0, pageSize)
      for (const row of rows) take(row)
      const last = rows.at(-1)?.position
      if (typeof last === 'number') positions.set(library, last)
      if (rows.length < pageSize) return
      await yieldToOthers()
    }
  }

  /** An annotation of this edition may arrive without a new position; then the row is read again by the place it has. */
  const readAgain = async () => {
    const waiting = unread().slice(0, pageSize)
    if (waiting.length === 0) return
    const ready = await annotatedIds(db, { ids: waiting.map(({ id }) => id), edition: scorer.edition })
    for (const { id, library, position } of waiting.filter((one) => ready.has(one.id))) {
      const [row] = await page(library, position - 1, 1)
      if (row?.id === id) take(row)
    }
  }

  const pass = async () => {
    await Promise.all(followed.map(follow))
    await readAgain()
  }
  return { ...shelf, catchUp: oneAtATime(pass) }
}

async function annotatedIds(db: Database, { ids, edition }: { ids: readonly string[]; edition: string }): Promise<Set<string>> {
  const rows = await db.withRead(actor, (tx) =>
    tx.execute<{ id: string }>(sql`
      select d.id from published.document d join published.annotation a on a.id = d.id and a.version = d.version and a.edition = ${edition}
      where d.id in (select (jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))::uuid) and d.position is not null`)
  )
  return new Set([...rows].map(({ id }) => id))
}

/** Callers share a pass, but never one that began before they asked. */
function oneAtATime(pass: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  let queued: Promise<void> | undefined

  const run = (): Promise<void> => {
    if (running) return (queued ??= running.catch(() => undefined).then(runQueued))
    running = pass().finally(() => {
      running = undefined
    })
    return running
  }
  const runQueued = () => {
    queued = undefined
    return run()
  }
  return run
}

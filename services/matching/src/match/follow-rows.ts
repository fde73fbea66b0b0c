import { serviceActor, type LibraryName } from '@siku/contracts'
import { documentsAfter, pagesAfter, type AnnotatedDocument, type Database } from '@siku/db'
import { sql } from 'drizzle-orm'
import { setImmediate as yieldToOthers } from 'node:timers/promises'

export type Unread = { id: string; library: LibraryName; position: number }

export type FollowRowsOptions = {
  db: Database
  edition: string
  libraries: readonly LibraryName[]
  pageSize: number
  take: (row: AnnotatedDocument) => void
  /** What else is followed in the same pass. */
  follow?: () => Promise<void>
  /** Rows taken without an annotation of this edition. */
  unread: () => readonly Unread[]
}

const actor = serviceActor('service:match', 'published-copy')

/** A function that returns once everything that was numbered when it was called has been taken, in position order. */
export function followRows({ db, edition, libraries, pageSize, take, unread, follow: followElse }: FollowRowsOptions): () => Promise<void> {
  const positions = new Map<LibraryName, number>()

  const page = (library: LibraryName, after: number, limit: number) =>
    db.withRead(actor, (tx) => documentsAfter(tx, { library, after, limit, edition }))

  const follow = async () => {
    let behind = libraries
    while (behind.length > 0) {
      const asked = behind
      const pages = await db.withRead(actor, (tx) => pagesAfter(tx, asked, { positions, limit: pageSize, edition }))
      for (const { library, rows } of pages) {
        for (const row of rows) take(row)
        const last = rows.at(-1)?.position
        if (typeof last === 'number') positions.set(library, last)
      }
      behind = pages.flatMap(({ library, rows }) => (rows.length === pageSize ? [library] : []))
      if (behind.length > 0) await yieldToOthers()
    }
  }

  /** An annotation of this edition may arrive without a new position; then the row is read again by the place it has. */
  const readAgain = async () => {
    const waiting = unread().slice(0, pageSize)
    if (waiting.length === 0) return
    const ready = await annotatedIds(db, { ids: waiting.map(({ id }) => id), edition })
    for (const { id, library, position } of waiting.filter((one) => ready.has(one.id))) {
      const [row] = await page(library, position - 1, 1)
      if (row?.id === id) take(row)
    }
  }

  return oneAtATime(async () => {
    await follow()
    await readAgain()
    await followElse?.()
  })
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

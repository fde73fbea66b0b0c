import type { Change, PublishedDocument } from '@siku/contracts'
import { documentsById } from '@siku/db'
import { sql } from 'drizzle-orm'
import type { LibraryContext } from '../context.ts'
import { readCursor, writeCursor } from '../cursor.ts'
import type { Library } from '../define-library.ts'
import { CursorUnknown } from '../errors.ts'

type Line = { position: number; id: string; revision: number; version: number; visible: boolean; changedAt: string }

/**
 * Changes of the public face in the order they were committed. A record that left what the reader may see comes as a tombstone with
 * its id alone; a cursor never skips.
 */
export async function listChanges(
  ctx: LibraryContext,
  library: Library,
  { cursor, limit }: { cursor?: string; limit: number }
): Promise<{ data: Change[]; next: string }> {
  const key = ['changes', library.name]
  const [after = 0] = readCursor(key, cursor, 1) ?? []
  if (typeof after !== 'number' || !Number.isSafeInteger(after) || after < 0) throw CursorUnknown()
  return ctx.db.withRead(ctx.actor, async (tx) => {
    const lines = await tx.execute<Line>(sql`
      select "position", id, revision, version, visible, to_char(changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "changedAt"
      from published.changes(${library.name}, ${after}, ${limit})`)
    const documents = await documentsById(
      tx,
      [...lines].filter((line) => line.visible).map((line) => line.id)
    )
    const data = [...lines].map((line) =>
      toChange(
        library,
        line,
        documents.find((document) => document.id === line.id)
      )
    )
    return { data, next: writeCursor(key, [data.at(-1)?.position ?? after]) }
  })
}

function toChange(library: Library, line: Line, document: PublishedDocument | undefined): Change {
  const shown = line.visible ? document : undefined
  return {
    position: line.position,
    id: line.id,
    library: library.name,
    kind: shown ? 'record' : 'tombstone',
    reference: shown?.text.reference ?? null,
    version: shown ? line.version : 0,
    revision: shown ? line.revision : 0,
    title: shown?.text.title ?? null,
    sourceLanguage: shown?.text.sourceLanguage ?? null,
    changedAt: line.changedAt
  }
}

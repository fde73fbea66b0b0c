import { desc, eq } from 'drizzle-orm'
import type { LibraryContext } from '../context.ts'
import type { Library } from '../define-library.ts'
import { authorise, getRow, subjectOf } from '../load-record.ts'
import { readingOfVersion } from '../reading-of-version.ts'

export type VersionLine = {
  version: number
  state: string
  hash: string
  createdAt: string
  decidedAt: string | null
  published: boolean
  needsTranslation: boolean
}

/** Every version of a record, newest first; versions that were published never change. */
export async function listVersions(ctx: LibraryContext, library: Library, id: string): Promise<VersionLine[]> {
  const { version } = library.tables
  return ctx.db.withRead(ctx.actor, async (tx) => {
    const row = await getRow(tx, library, id)
    authorise(ctx.actor, 'record.versions', await subjectOf(tx, library, row))
    const lines = await tx.select().from(version).where(eq(version.recordId, row.id)).orderBy(desc(version.version))
    return lines.map((line) => ({
      version: line.version,
      state: line.state,
      hash: line.hash,
      createdAt: line.createdAt.toISOString(),
      decidedAt: line.decidedAt?.toISOString() ?? null,
      published: line.version === row.publishedVersion,
      needsTranslation: readingOfVersion(library, row, line.draft).state === 'needs-translation'
    }))
  })
}

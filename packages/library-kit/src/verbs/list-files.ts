import { NotFound } from '@siku/service-kit'
import type { LibraryContext } from '../context.ts'
import type { Library } from '../define-library.ts'
import { authorise, getRow, subjectOf } from '../load-record.ts'
import { filesOf, toFile, type FileView } from '../version-files.ts'
import { versionNumber, type WhichVersion } from './get-record.ts'

/** Files of a version that the reader may see, each by its class: of the published one, unless owner or staff ask for another. */
export async function listFiles(ctx: LibraryContext, library: Library, id: string, which?: WhichVersion): Promise<FileView[]> {
  return ctx.db.withRead(ctx.actor, async (tx) => {
    const row = await getRow(tx, library, id)
    const subject = await subjectOf(tx, library, row)
    authorise(ctx.actor, 'file.read', subject)
    const version = versionNumber(row, which)
    if (version === null || version > row.latestVersion) throw NotFound()
    if (version !== row.publishedVersion) authorise(ctx.actor, 'record.read-working', subject)
    const rows = await filesOf(tx, library, row.id, version)
    return rows.map(toFile)
  })
}

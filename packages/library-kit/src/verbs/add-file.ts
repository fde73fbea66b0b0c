import { blobHash, putBlob, writeAudit, type Tx } from '@siku/db'
import { NotFound, once } from '@siku/service-kit'
import { eq } from 'drizzle-orm'
import type { LibraryContext } from '../context.ts'
import type { Library } from '../define-library.ts'
import { FileRefused } from '../errors.ts'
import { authorise, expectRevision, getRow, lockRow, subjectOf } from '../load-record.ts'
import { sniffMediaType } from '../sniff-media-type.ts'
import type { RecordRow } from '../tables.ts'
import { filesOf, toFile, type FileView } from '../version-files.ts'
import { closeEdit, openWorking } from '../working-version.ts'

export const fileBytesMax = 25 * 1024 * 1024
const filesMax = 50

export type NewFile = {
  name: string
  bytes: Buffer
  title: string
  language?: string
  confidentiality: 'public' | 'network' | 'staff' | 'owner'
  personal?: boolean
}

/**
 * Adds a file to the working version, as an edit like any other: beside what is published it waits for its review. Its type is read from
 * its bytes and held against the list of types we take.
 */
export async function addFile(
  ctx: LibraryContext,
  library: Library,
  { id, file, revision: expected }: { id: string; file: NewFile; revision: number | null }
): Promise<{ status: number; file: FileView; revision: number }> {
  if (file.bytes.length === 0) throw FileRefused('it is empty')
  const mediaType = await sniffMediaType(file.name, file.bytes)
  return ctx.db.withTx(ctx.actor, async (tx) => {
    const row = await lockRow(tx, library, id)
    authorise(ctx.actor, 'file.write', await subjectOf(tx, library, row))
    const { status, id: fileId } = await once(ctx, tx, { schema: library.schemaName }, async () => {
      if (expected !== null) expectRevision(row, expected)
      const added = await storeFile(tx, ctx, library, { row, file, mediaType })
      await writeAudit(tx, ctx.actor, { action: 'file.add', library: library.name, recordId: row.id, detail: added })
      return { status: 201, id: added.fileId, value: undefined }
    })
    const { file: table } = library.tables
    const [stored] = await tx.select().from(table).where(eq(table.id, fileId))
    if (!stored) throw NotFound()
    const { revision } = await getRow(tx, library, row.id)
    return { status, file: toFile(stored), revision }
  })
}

type Storing = { row: RecordRow; file: NewFile; mediaType: string }

async function storeFile(tx: Tx, ctx: LibraryContext, library: Library, { row, file, mediaType }: Storing) {
  const working = await openWorking(tx, ctx, library, row)
  const held = await filesOf(tx, library, row.id, working.version)
  if (held.length >= filesMax) throw FileRefused(`a record holds at most ${filesMax} files; remove one first`)
  const fileId = ctx.newId()
  const { name, title, bytes, confidentiality } = file
  const sha256 = blobHash(bytes)
  await tx.insert(library.tables.file).values({
    id: fileId,
    recordId: row.id,
    title,
    name,
    mediaType,
    size: bytes.length,
    sha256,
    language: file.language ?? null,
    confidentiality,
    personal: file.personal ?? false,
    ordinal: (held.at(-1)?.ordinal ?? 0) + 1,
    addedVersion: working.version,
    addedBy: ctx.actor.id,
    addedAt: ctx.now()
  })
  // After the row that holds them: it is what says who may write and read the bytes.
  await putBlob(tx, sha256, bytes)
  await closeEdit(tx, ctx, library, { row, working })
  return { fileId, version: working.version, size: bytes.length }
}

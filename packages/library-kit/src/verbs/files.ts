import { findBlob, putBlob, writeAudit } from '@siku/db'
import { NotFound, once } from '@siku/service-kit'
import { and, asc, count, eq, isNull } from 'drizzle-orm'
import type { LibraryContext } from '../context.ts'
import type { Library } from '../define-library.ts'
import { FileRefused } from '../errors.ts'
import { sniffMediaType } from '../sniff-media-type.ts'
import { authorise, getRow, lockRow, subjectOf } from '../load-record.ts'
import type { FileRow } from '../tables.ts'

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
export type FileView = {
  id: string
  title: string
  name: string
  mediaType: string
  size: number
  sha256: string
  language: string | null
  confidentiality: string
  personal: boolean
  addedAt: string
}

/** Adds a file to a record; its type is read from its bytes and held against the list of types we take. */
export async function addFile(
  ctx: LibraryContext,
  library: Library,
  { id, file }: { id: string; file: NewFile }
): Promise<{ status: number; file: FileView }> {
  if (file.bytes.length === 0) throw FileRefused('it is empty')
  const mediaType = await sniffMediaType(file.name, file.bytes)
  const { file: table } = library.tables
  return ctx.db.withTx(ctx.actor, async (tx) => {
    const row = await lockRow(tx, library, id)
    authorise(ctx.actor, 'file.write', await subjectOf(tx, library, row))
    const result = await once(ctx, tx, { schema: library.schemaName }, async () => {
      const [held] = await tx
        .select({ n: count() })
        .from(table)
        .where(and(eq(table.recordId, row.id), isNull(table.removedAt)))
      if ((held?.n ?? 0) >= filesMax) throw FileRefused(`a record holds at most ${filesMax} files; remove one first`)
      const fileId = ctx.newId()
      await tx.insert(table).values({
        id: fileId,
        recordId: row.id,
        title: file.title,
        name: file.name,
        mediaType,
        size: file.bytes.length,
        sha256: await putBlob(tx, file.bytes),
        language: file.language ?? null,
        confidentiality: file.confidentiality,
        personal: file.personal ?? false,
        ordinal: (held?.n ?? 0) + 1,
        addedBy: ctx.actor.id,
        addedAt: ctx.now()
      })
      await writeAudit(tx, ctx.actor, {
        action: 'file.add',
        library: library.name,
        recordId: row.id,
        detail: { fileId, size: file.bytes.length }
      })
      return { status: 201, id: fileId, value: undefined }
    })
    const [stored] = await tx.select().from(table).where(eq(table.id, result.id))
    if (!stored) throw NotFound()
    return { status: result.status, file: toFile(stored) }
  })
}

export async function listFiles(ctx: LibraryContext, library: Library, id: string): Promise<FileView[]> {
  const { file: table } = library.tables
  return ctx.db.withRead(ctx.actor, async (tx) => {
    const row = await getRow(tx, library, id)
    authorise(ctx.actor, 'file.read', await subjectOf(tx, library, row))
    const rows = await tx
      .select()
      .from(table)
      .where(and(eq(table.recordId, row.id), isNull(table.removedAt)))
      .orderBy(asc(table.ordinal), asc(table.id))
    return rows.map(toFile)
  })
}

/** A file with its bytes, under the rights of its record and its own class. */
export async function readFile(
  ctx: LibraryContext,
  library: Library,
  { id, fileId }: { id: string; fileId: string }
): Promise<{ file: FileView; bytes: Buffer }> {
  const { file: table } = library.tables
  return ctx.db.withRead(ctx.actor, async (tx) => {
    const row = await getRow(tx, library, id)
    authorise(ctx.actor, 'file.read', await subjectOf(tx, library, row))
    const [found] = await tx
      .select()
      .from(table)
      .where(and(eq(table.id, fileId), eq(table.recordId, row.id), isNull(table.removedAt)))
    const bytes = found && (await findBlob(tx, found.sha256))
    if (!found || !bytes) throw NotFound()
    return { file: toFile(found), bytes }
  })
}

export async function removeFile(ctx: LibraryContext, library: Library, { id, fileId }: { id: string; fileId: string }): Promise<void> {
  const { file: table } = library.tables
  await ctx.db.withTx(ctx.actor, async (tx) => {
    const row = await lockRow(tx, library, id)
    authorise(ctx.actor, 'file.write', await subjectOf(tx, library, row))
    const gone = await tx
      .update(table)
      .set({ removedAt: ctx.now() })
      .where(and(eq(table.id, fileId), eq(table.recordId, row.id), isNull(table.removedAt)))
      .returning({ id: table.id })
    if (gone.length === 0) throw NotFound()
    await writeAudit(tx, ctx.actor, { action: 'file.remove', library: library.name, recordId: row.id, detail: { fileId } })
  })
}

const toFile = (row: FileRow): FileView => ({
  id: row.id,
  title: row.title,
  name: row.name,
  mediaType: row.mediaType,
  size: row.size,
  sha256: row.sha256,
  language: row.language,
  confidentiality: row.confidentiality,
  personal: row.personal,
  addedAt: row.addedAt.toISOString()
})

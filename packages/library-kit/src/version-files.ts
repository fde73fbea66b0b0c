import type { Draft } from '@siku/contracts'
import { contentHash, type Tx } from '@siku/db'
import { and, asc, eq, gt, isNull, lte, or } from 'drizzle-orm'
import type { Library } from './define-library.ts'
import type { FileRow } from './tables.ts'

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

/** Files that a version of a record holds: added up to it, and not removed up to it. */
export function isInVersion(library: Library, recordId: string, version: number) {
  const { file } = library.tables
  return and(
    eq(file.recordId, recordId),
    lte(file.addedVersion, version),
    or(isNull(file.removedVersion), gt(file.removedVersion, version))
  )
}

/** The files of a version, in the order they were added. */
export async function filesOf(tx: Tx, library: Library, recordId: string, version: number): Promise<FileRow[]> {
  const { file } = library.tables
  return tx
    .select()
    .from(file)
    .where(isInVersion(library, recordId, version))
    .orderBy(asc(file.ordinal), asc(file.id))
}

/** What a version says, files included: another hash is another content, for which no earlier clearance holds. */
export function versionHash(draft: Draft, files: readonly FileRow[]): string {
  if (files.length === 0) return contentHash(draft)
  return contentHash([draft, files.map(({ name, title, sha256, confidentiality }) => [name, title, sha256, confidentiality])])
}

export const toFile = (row: FileRow): FileView => ({
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

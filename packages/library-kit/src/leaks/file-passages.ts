import type { FileRow } from '../tables.ts'
import type { Passage } from './public-passages.ts'

export type NamedFile = Pick<FileRow, 'id' | 'name' | 'title' | 'sha256' | 'confidentiality'>

/** Where a file stands in a report. It follows the file and not its place, so that a confirmation outlives other files. */
export const fileAt = ({ id }: Pick<FileRow, 'id'>): string => `/files/${id}`

/** Files that readers outside would get. */
export const shownFiles = <F extends NamedFile>(files: readonly F[]): F[] =>
  files.filter(({ confidentiality }) => confidentiality === 'public' || confidentiality === 'network')

/** Names and titles of files as readers would get them; between the words of a file name stands an underscore, read as a space. */
export function filePassages(files: readonly NamedFile[]): Passage[] {
  return shownFiles(files).flatMap((file) =>
    (['name', 'title'] as const).map((part) => ({
      pointer: `${fileAt(file)}/${part}`,
      text: file[part],
      read: file[part].replaceAll('_', ' ')
    }))
  )
}

import type { Draft, OwnerSnapshot } from '@siku/contracts'
import { contentHash } from '@siku/db'
import type { Library } from '../define-library.ts'
import { fileAt, filePassages, shownFiles, type NamedFile } from './file-passages.ts'
import { leakPatterns, type LeakKind } from './leak-patterns.ts'
import { ownerNamePatterns } from './owner-name-patterns.ts'
import { publicPassages } from './public-passages.ts'

/** A passage that may tell who the owner is. `start` and `end` count code points in the text at `pointer`. */
export type Leak = { key: string; kind: LeakKind; pointer: string; start: number; end: number; excerpt: string }

/**
 * Passages of the public text and of the names of files that may tell who the owner is: names, addresses, numbers. What a file holds is
 * not read: each file is a finding of its own. Shown to the author, removed or confirmed.
 */
export function findIdentityLeaks(library: Library, owner: OwnerSnapshot, draft: Draft, files: readonly NamedFile[] = []): Leak[] {
  const kinds = [...ownerNamePatterns(owner.name).map((pattern) => ({ kind: 'owner name' as const, pattern })), ...leakPatterns]
  const byKey = new Map<string, Leak>()
  for (const { pointer, text, read = text } of [...publicPassages(library, draft), ...filePassages(files)]) {
    const folded = foldWidths(read)
    const here = kinds.flatMap(({ kind, pattern }) =>
      [...folded.matchAll(pattern)].map((found) => leakAt({ kind, pointer, text, index: found.index, length: found[0].length }))
    )
    for (const leak of here) if (!byKey.has(leak.key) && !here.some((other) => isWithin(leak, other))) byKey.set(leak.key, leak)
  }
  return [...byKey.values(), ...shownFiles(files).map(fileLeak)]
}

/** A part of a finding, such as the core of a name in the whole name, is no finding of its own. */
const isWithin = (leak: Leak, other: Leak): boolean =>
  other.start <= leak.start && leak.end <= other.end && leak.end - leak.start < other.end - other.start

/** Full-width letters, digits and the signs within addresses, and Arabic-Indic digits, read as plain ones; each keeps its place. */
function foldWidths(text: string): string {
  return text
    .replaceAll(/[\uff0b\uff0d-\uff1a\uff20\uff21-\uff3a\uff41-\uff5a]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replaceAll(/[\u0660-\u0669]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0x0660 + 0x30))
    .replaceAll(/[\u06f0-\u06f9]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0x06f0 + 0x30))
}

/** Whether the file itself tells its owner, only its owner can say: of these bytes under this name, wherever they stand. */
const fileLeak = ({ id, name, sha256 }: NamedFile): Leak => ({
  ...leakAt({ kind: 'file', pointer: fileAt({ id }), text: name, index: 0, length: name.length }),
  key: keyOf('file', sha256, name)
})

function leakAt({
  kind,
  pointer,
  text,
  index,
  length
}: {
  kind: LeakKind
  pointer: string
  text: string
  index: number
  length: number
}): Leak {
  const start = [...text.slice(0, index)].length
  const excerpt = text.slice(index, index + length).trim()
  const end = start + [...text.slice(index, index + length)].length
  // The key follows the passage and not its place, so that a confirmation survives an edit elsewhere.
  return { key: keyOf(kind, pointer, excerpt), kind, pointer, start, end, excerpt: [...excerpt].slice(0, 80).join('') }
}

const keyOf = (kind: LeakKind, ...parts: string[]): string => contentHash([kind, ...parts]).slice(0, 16)

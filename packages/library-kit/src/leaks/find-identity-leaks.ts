import type { Draft, OwnerSnapshot } from '@siku/contracts'
import { contentHash } from '@siku/db'
import type { Library } from '../define-library.ts'
import { leakPatterns, type LeakKind } from './leak-patterns.ts'
import { ownerNamePatterns } from './owner-name-patterns.ts'
import { publicPassages } from './public-passages.ts'

/** A passage that may tell who the owner is. `start` and `end` count code points in the text at `pointer`. */
export type Leak = { key: string; kind: LeakKind; pointer: string; start: number; end: number; excerpt: string }

/** Passages of the public text that may tell who the owner is: names, addresses, numbers. Shown to the author, removed or confirmed. */
export function findIdentityLeaks(library: Library, owner: OwnerSnapshot, draft: Draft): Leak[] {
  const kinds = [...ownerNamePatterns(owner.name).map((pattern) => ({ kind: 'owner name' as const, pattern })), ...leakPatterns]
  const byKey = new Map<string, Leak>()
  for (const { pointer, text } of publicPassages(library, draft)) {
    const folded = foldWidths(text)
    const here = kinds.flatMap(({ kind, pattern }) =>
      [...folded.matchAll(pattern)].map((found) => leakAt({ kind, pointer, text, index: found.index, length: found[0].length }))
    )
    for (const leak of here) if (!byKey.has(leak.key) && !here.some((other) => isWithin(leak, other))) byKey.set(leak.key, leak)
  }
  return [...byKey.values()]
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
  return { key: contentHash([kind, pointer, excerpt]).slice(0, 16), kind, pointer, start, end, excerpt: [...excerpt].slice(0, 80).join('') }
}

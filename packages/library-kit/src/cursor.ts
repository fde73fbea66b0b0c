import { contentHash } from '@siku/db'
import { CursorUnknown } from './errors.ts'

/** A keyset cursor: where the page ended, and for which list it was given. Opaque to the caller. */
export function writeCursor(list: unknown, at: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify([contentHash(list).slice(0, 12), ...at])).toString('base64url')
}

/** Reads a cursor back; one that was given for another list, or by nobody, is refused. */
export function readCursor(list: unknown, cursor: string | undefined, length: number): (string | number)[] | undefined {
  if (cursor === undefined) return undefined
  const parts = parse(cursor)
  if (!Array.isArray(parts) || parts.length !== length + 1 || parts[0] !== contentHash(list).slice(0, 12)) throw CursorUnknown()
  const at = parts.slice(1)
  if (!at.every((part) => typeof part === 'string' || typeof part === 'number')) throw CursorUnknown()
  return at as (string | number)[]
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}

import { contentHash } from '@siku/db'
import { CursorUnknown } from '../errors.ts'

export type CursorKey = readonly [number | string, string]

/** A keyset cursor: where the page ended, and for which list it was given. Opaque to the caller. */
export const writeCursor = (list: unknown, [at, id]: CursorKey): string =>
  Buffer.from(JSON.stringify([contentHash(list).slice(0, 12), at, id])).toString('base64url')

/** Reads a cursor back; one of another list, or of nobody's making, is refused. */
export function readCursor(list: unknown, kind: 'number' | 'string', cursor: string | undefined): CursorKey | undefined {
  if (cursor === undefined) return undefined
  const parts = parse(cursor)
  if (!Array.isArray(parts) || parts.length !== 3 || parts[0] !== contentHash(list).slice(0, 12)) throw CursorUnknown()
  const [, at, id] = parts as unknown[]
  if (typeof at !== kind || typeof id !== 'string' || !/^[0-9a-f-]{36}$/.test(id)) throw CursorUnknown()
  return [at as number | string, id]
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}

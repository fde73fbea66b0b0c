import { searchDepthMax } from '@siku/search'
import type { Secrets } from '../accounts/secrets.ts'
import { sameText } from '../accounts/secrets.ts'
import { CursorUnknown, PageTooDeep } from '../errors.ts'

/** A place in one query's hits: signed, so that a cursor of another query, or a made-up one, is told from a true one. */
export function writeCursor(secrets: Secrets, query: unknown, offset: number): string {
  return Buffer.from(`${offset}.${tagOf(secrets, query, offset)}`).toString('base64url')
}

export function readCursor(secrets: Secrets, query: unknown, cursor: string | undefined, limit: number): number {
  if (cursor === undefined) return 0
  const [digits = '', tag = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split('.')
  const offset = /^\d{1,6}$/.test(digits) ? Number(digits) : undefined
  if (offset === undefined || !sameText(tag, tagOf(secrets, query, offset))) {
    throw CursorUnknown().with({ errors: [{ pointer: '/query/cursor', detail: 'was not given for this query; begin again without it' }] })
  }
  if (offset + limit > searchDepthMax) throw PageTooDeep(searchDepthMax)
  return offset
}

const tagOf = (secrets: Secrets, query: unknown, offset: number) => secrets.cursorTag(JSON.stringify([query, offset]))

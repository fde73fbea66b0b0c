import { requireIfMatch, setEtag, type RouteAccess } from '@siku/service-kit'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import type { LibraryContext } from '../context.ts'
import type { Library } from '../define-library.ts'
import type { RecordView } from '../to-record.ts'
import type { WhichVersion } from '../verbs/get-record.ts'
import type { FileParams, ReadQuery } from './schemas.ts'

/** What every route of a library is made with. */
export type RouteKit = {
  library: Library
  read: (action: string) => { access: RouteAccess }
  write: (action: string) => { access: RouteAccess }
  ctxOf: (request: FastifyRequest) => LibraryContext
}

export function routeKit(library: Library, parts: Pick<LibraryContext, 'contacts' | 'keyOf'>): RouteKit {
  const access = (action: string, right: 'read' | 'write') => ({
    access: { action, scope: `${library.name}:${right}`, library: library.name }
  })
  return {
    library,
    read: (action) => access(action, 'read'),
    write: (action) => access(action, 'write'),
    ctxOf: (request) => ({ ...request.ctx, ...parts })
  }
}

/** The record that a path names. */
export const idOf = (request: FastifyRequest): string => (request.params as { id: string }).id
export const fileIdOf = (request: FastifyRequest): string => (request.params as Static<typeof FileParams>).fileId

/** The version that a query asks for; without a wish the verb decides. */
export function whichOf(request: FastifyRequest): WhichVersion | undefined {
  const { version } = request.query as Static<typeof ReadQuery>
  return version === undefined || version === 'published' || version === 'working' ? version : Number(version)
}

/** The revision that a change is for, where it need not say so; `*` is any. */
export function ifMatchOf(request: FastifyRequest): number | null {
  const header = request.headers['if-match']?.trim() ?? ''
  return header === '' || header === '*' ? null : requireIfMatch(request)
}

export const sendRecord = (reply: FastifyReply, record: RecordView, status = 200) =>
  setEtag(reply, record.revision).code(status).send(record)

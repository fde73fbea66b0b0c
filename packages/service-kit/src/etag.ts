import type { FastifyReply, FastifyRequest } from 'fastify'
import { IfMatchMissing, RevisionStale } from './errors.ts'

/** The ETag of a revision: strong, quoted, and the same wherever the revision is read. */
export const etagOf = (revision: number): string => `"r${revision}"`

export const setEtag = (reply: FastifyReply, revision: number): FastifyReply => reply.header('etag', etagOf(revision))

/** The revision that If-Match names: 428 without one. A tag we never gave can only be stale. */
export function requireIfMatch(request: FastifyRequest): number {
  const header = request.headers['if-match']
  if (header === undefined || header.trim() === '' || header.trim() === '*') throw IfMatchMissing()
  const revision = /^"r(\d{1,15})"$/.exec(header.trim())?.[1]
  if (revision === undefined) throw RevisionStale(header.slice(0, 40), 'another one, as the ETag of a fresh read says')
  return Number(revision)
}

/** 412 where the object has moved on since it was read. Verbs guard again in the `where` of the update. */
export function assertRevision(expected: number, current: number): void {
  if (expected !== current) throw RevisionStale(etagOf(expected), etagOf(current))
}

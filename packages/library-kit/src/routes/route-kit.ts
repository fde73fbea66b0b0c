import type { RouteAccess } from '@siku/service-kit'
import type { FastifyRequest } from 'fastify'
import type { LibraryContext } from '../context.ts'
import type { Library } from '../define-library.ts'

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

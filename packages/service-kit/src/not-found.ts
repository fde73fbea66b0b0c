import type { FastifyInstance } from 'fastify'
import { MethodNotAllowed, RouteNotFound } from './errors.ts'

type Pattern = { url: string; matches: RegExp; methods: Set<string> }

/** 405 with `Allow` for a path that other methods answer, else 404. */
export function answerUnknownRoutes(app: FastifyInstance): void {
  const patterns = new Map<string, Pattern>()
  app.addHook('onRoute', ({ url, method }) => {
    const pattern = patterns.get(url) ?? { url, matches: toRegExp(url), methods: new Set() }
    for (const one of [method].flat()) pattern.methods.add(one)
    patterns.set(url, pattern)
  })
  app.setNotFoundHandler((request) => {
    const path = request.url.split('?')[0] ?? '/'
    const methods = [...patterns.values()].filter(({ matches }) => matches.test(path)).flatMap(({ methods: offered }) => [...offered])
    if (methods.length === 0 || methods.includes(request.method)) throw RouteNotFound(`${request.method} on this path`)
    const allow = [...new Set(methods)].toSorted().join(', ')
    throw MethodNotAllowed(request.method, allow).with({ headers: { allow } })
  })
}

function toRegExp(url: string): RegExp {
  const steps = url.split('/').map((step) => {
    if (step.startsWith(':')) return '[^/]+'
    return step.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')
  })
  return new RegExp(`^${steps.join('/')}/?$`)
}

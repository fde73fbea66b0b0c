import type { RatePolicy } from '@siku/service-kit'
import type { FastifyRequest } from 'fastify'
import type { GatewayConfig } from './config.ts'

const minute = 60

/** Guessing is held down by address and counted before it is known who asks; then keys, people and visitors each by what tells them apart. */
export function ratePolicies(config: GatewayConfig): RatePolicy[] {
  const of = (kind: string) => (request: FastifyRequest) => request.ctx.actor.kind === kind
  const byActor = (request: FastifyRequest) => `${request.ctx.actor.kind}:${request.ctx.actor.id}`
  const byAddress = (request: FastifyRequest) => request.ip
  const isGuarded = (request: FastifyRequest) => request.routeOptions.config.rate === 'sign-in'
  return [
    {
      counts: 'every request',
      name: 'sign-in',
      max: config.SIKU_RATE_SIGN_IN,
      windowSeconds: minute,
      keyOf: byAddress,
      appliesTo: isGuarded
    },
    { counts: 'every request', name: 'address', max: config.SIKU_RATE_ADDRESS, windowSeconds: minute, keyOf: byAddress },
    { counts: 'known callers', name: 'key', max: config.SIKU_RATE_KEY, windowSeconds: minute, keyOf: byActor, appliesTo: of('key') },
    {
      counts: 'known callers',
      name: 'session',
      max: config.SIKU_RATE_SESSION,
      windowSeconds: minute,
      keyOf: byActor,
      appliesTo: of('user')
    },
    {
      counts: 'known callers',
      name: 'visitor',
      max: config.SIKU_RATE_VISITOR,
      windowSeconds: minute,
      keyOf: byAddress,
      appliesTo: (request) => !isGuarded(request)
    }
  ]
}

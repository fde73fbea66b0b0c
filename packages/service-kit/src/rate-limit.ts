import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { RateExceeded } from './errors.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Class of a route that a rate policy asks for, such as `sign-in`. */
    rate?: string
  }
}

export type RatePolicy = {
  /** `every request`: before the caller is identified, so that guessing keys is counted too. `known callers`: after, by who they are. */
  counts: 'every request' | 'known callers'
  /** Name of the policy as the header shows it. */
  name: string
  max: number
  windowSeconds: number
  keyOf: (request: FastifyRequest) => string
  /** Which policy holds for a request; one that none holds for is not limited. */
  appliesTo?: (request: FastifyRequest) => boolean
}

/**
 * Counts requests in memory and says so in the headers of draft-ietf-httpapi-ratelimit-headers-11. The first policy that applies counts.
 * Keys live in a bounded store, so strangers cannot fill the memory.
 */
export async function limitRates(app: FastifyInstance, policies: readonly RatePolicy[]): Promise<void> {
  if (policies.length === 0) return
  if (!app.hasDecorator('createRateLimit')) await app.register(rateLimit, { global: false, cache: 20_000 })
  const limiters = policies.map((policy) => ({
    policy,
    count: app.createRateLimit({ max: policy.max, timeWindow: policy.windowSeconds * 1000, keyGenerator: policy.keyOf })
  }))
  app.addHook('onRequest', async (request, reply) => {
    if (request.route.access === 'public') return
    const limiter = limiters.find(({ policy }) => policy.appliesTo?.(request) ?? true)
    if (!limiter) return
    const { name, max, windowSeconds } = limiter.policy
    const state = await limiter.count(request)
    if (state.isAllowed) return
    void reply.header('ratelimit-policy', `"${name}";q=${max};w=${windowSeconds}`)
    void reply.header('ratelimit', `"${name}";r=${state.remaining};t=${state.ttlInSeconds}`)
    if (state.isExceeded) throw RateExceeded(state.ttlInSeconds).with({ retryAfterSeconds: state.ttlInSeconds })
  })
}

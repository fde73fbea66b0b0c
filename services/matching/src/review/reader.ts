import { findLanguage, isStaff, type Actor, type Language } from '@siku/contracts'
import type { FastifyRequest } from 'fastify'

/** Who reads, and in which language; staff see all of a match, the owner of the technology what it meets and how well. */
export type Reader = { actor: Actor; view: 'staff' | 'owner'; language: Language }

export const readerOf = (request: Pick<FastifyRequest, 'ctx' | 'headers'>, lang?: Language): Reader => ({
  actor: request.ctx.actor,
  view: isStaff(request.ctx.actor) ? 'staff' : 'owner',
  language: lang ?? preferredLanguage(request.headers['accept-language'])
})

/** The first language of Accept-Language that the product speaks, by its weights; English otherwise. */
export function preferredLanguage(header: string | undefined): Language {
  const ranges = (header ?? '')
    .slice(0, 500)
    .split(',')
    .flatMap((range, order) => {
      const [tag = '', ...parameters] = range.trim().split(';')
      const quality = parameters.map((parameter) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(parameter)?.[1]).find(Boolean)
      const language = findLanguage(tag)
      return language && Number(quality ?? 1) > 0 ? [{ language, quality: Number(quality ?? 1), order }] : []
    })
  ranges.sort((a, b) => b.quality - a.quality || a.order - b.order)
  return ranges[0]?.language ?? 'en'
}

import type { Language } from '@siku/contracts'
import type { FastifyRequest } from 'fastify'
import { isLanguage, readerLanguage } from '../search/reader-language.ts'

const chosenLanguage = ({ query }: FastifyRequest): Language | undefined => {
  const { lang } = (query ?? {}) as { lang?: unknown }
  return typeof lang === 'string' && isLanguage(lang) ? lang : undefined
}

/** The language a reader chose on a page, else what the browser asks for. */
export const pageLanguage = (request: FastifyRequest): Language =>
  chosenLanguage(request) ?? readerLanguage(request.headers['accept-language'])

/** A chosen language goes along from page to page. */
export function keepLanguage(request: FastifyRequest, path: string): string {
  const chosen = chosenLanguage(request)
  return chosen === undefined ? path : `${path}${path.includes('?') ? '&' : '?'}lang=${chosen}`
}

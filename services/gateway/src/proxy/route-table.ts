import { collectionOf, libraryNames } from '@siku/contracts'
import type { Upstream } from '../config.ts'

export type ProxyLine = { prefix: string; service: Upstream }

/** Which part of the API belongs to which service. What no line names is the gateway’s own, or nothing. */
export const proxyTable: readonly ProxyLine[] = [
  ...libraryNames.map((library) => ({ prefix: `/v1/${collectionOf[library]}`, service: library })),
  { prefix: '/v1/matches', service: 'matching' },
  { prefix: '/v1/duplicates', service: 'matching' },
  { prefix: '/v1/gaps', service: 'matching' },
  { prefix: '/v1/dossiers', service: 'matching' },
  { prefix: '/v1/thesaurus', service: 'matching' },
  { prefix: '/v1/pipeline', service: 'matching' }
]

export const prefixesOf = (service: Upstream): string[] => proxyTable.filter((line) => line.service === service).map(({ prefix }) => prefix)

/** `/v1/results` and what is below it, and not `/v1/resultset`. */
export const isBelow = (path: string, prefix: string): boolean => path === prefix || path.startsWith(`${prefix}/`)

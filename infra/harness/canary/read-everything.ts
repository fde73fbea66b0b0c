import { collectionOf, type Actor } from '@siku/contracts'
import type { Ask, Heard, Question } from './open-canary.ts'
import type { MarkedRecord } from './marked-records.ts'

/** Every reading request that can be made about some records and matches. */
export function readingQuestions(records: readonly MarkedRecord[], matchIds: readonly string[]): Omit<Question, 'actor'>[] {
  const get = (service: Question['service'], url: string) => ({ service, method: 'GET', url })
  const libraries = [...new Set(records.map(({ library }) => library))]
  const ofLibraries = libraries.flatMap((library) =>
    ['', '?view=own', '?view=desk', '?openForInterest=true', '?updatedSince=2020-01-01T00:00:00Z', '/changes?limit=200'].map((rest) =>
      get(library, `/v1/${collectionOf[library]}${rest}`)
    )
  )
  const parts = [
    '',
    '?version=working',
    '?version=published',
    '?version=1',
    '/versions',
    '/leaks',
    '/control',
    '/files',
    '/contact?basis=harness'
  ]
  const ofRecords = records.flatMap(({ library, id, files }) => {
    const path = `/v1/${collectionOf[library]}/${id}`
    return [...parts.map((part) => get(library, path + part)), ...files.map((file) => get(library, `${path}/files/${file}`))]
  })
  const all = 'state=proposed&state=in-review&state=approved&state=rejected&state=deferred&state=withdrawn'
  const ofMatches = [
    `/v1/matches?${all}`,
    `/v1/matches/demands?${all}`,
    '/v1/pipeline',
    '/v1/pipeline/parked',
    '/v1/gaps/demands',
    '/v1/gaps/summary',
    '/v1/gaps/technologies',
    '/v1/duplicates',
    ...matchIds.flatMap((id) => [`/v1/matches/${id}`, `/v1/matches/${id}/runs`, `/v1/matches/${id}/replay`]),
    ...records.map(({ id }) => `/v1/dossiers/${id}`),
    ...records.map(({ id }) => `/v1/matches/count?demand=${id}`)
  ]
  return [
    ...ofLibraries,
    ...ofRecords,
    ...ofMatches.map((url) => get('matching', url)),
    ...[...libraries, 'matching' as const].flatMap((service) => [get(service, '/metrics'), get(service, '/health/ready')])
  ]
}

/** All that one caller is told. */
export async function hearAll(ask: Ask, actor: Actor, questions: readonly Omit<Question, 'actor'>[]): Promise<(Heard & { url: string })[]> {
  const heard: (Heard & { url: string })[] = []
  for (const question of questions) heard.push({ url: question.url, ...(await ask({ ...question, actor })) })
  return heard
}

import { collectionOf } from '@siku/contracts'
import type { Cast } from './cast.ts'
import type { MarkedRecord } from './marked-records.ts'
import type { Canary } from './open-canary.ts'
import type { TokenMaker } from './tokens.ts'

/** Requests that fail, with tokens in them: errors are where logs learn too much. */
export async function failOnPurpose({ ask }: Canary, maker: TokenMaker, { owners }: Cast, record: MarkedRecord): Promise<number[]> {
  const path = `/v1/${collectionOf[record.library]}`
  const word = () => maker.word({ kind: 'reason for reading', what: 'text of a refused request', ownerId: record.ownerId })
  const revision = { 'if-match': `"r${record.revision}"` }
  const tries: [string, string, unknown, object?][] = [
    ['POST', path, `{"title":"${word()}"`],
    ['POST', path, { [word()]: 1 }],
    ['POST', path, { title: [word()] }],
    ['PATCH', `${path}/${record.id}`, { country: word() }, revision],
    ['PUT', `${path}/${record.id}/contact`, { name: word(), phone: word() }, revision],
    ['PUT', `${path}/${record.id}/contact`, { name: word(), email: word() }, { 'if-match': '"r999"' }],
    ['GET', `${path}/${word()}`, undefined],
    ['GET', `${path}?cursor=${word()}`, undefined],
    ['GET', `${path}?country=${word()}`, undefined],
    ['GET', `/${word()}`, undefined],
    ['POST', `${path}/${record.id}/merge`, { into: word() }, revision],
    ['POST', `${path}/${record.id}/files?name=${word()}&title=${word()}&confidentiality=owner`, Buffer.from(`<svg>${word()}</svg>`)],
    ['PATCH', `${path}/${record.id}`, { summary: word() }, { 'if-match': '"r999"' }],
    ['POST', path, { title: word() }, { 'idempotency-key': `${word()} ` }]
  ]
  const statuses: number[] = []
  for (const [method, url, body, headers = {}] of tries)
    statuses.push(
      (await ask({ actor: owners.a, service: record.library, method, url, body, headers: headers as Record<string, string> })).status
    )
  return statuses
}

import type { Test } from 'tap'
import { candidateIdsMax, not, oneOf, type CandidateQuery, type MetRecords } from '../src/index.ts'
import type { Open } from './asking.ts'
import { aDocument, type DocumentParts } from './documents.ts'

const everything = { kind: 'all', of: [] } as const
const asking = (parts: Partial<CandidateQuery>): CandidateQuery => ({ lists: [], filter: everything, idsMax: 100, ...parts })
const idsOf = ({ met }: MetRecords) => met.map(({ id }) => id).sort()

/** A record that says these things; what it says besides makes them weigh less. */
const saying = (id: string, said: Record<string, number>, parts: DocumentParts = {}) =>
  aDocument(id, { ...parts, impacts: Object.entries(said).map(([token, weight]) => ({ token, weight })), card: `card of ${id}` })

/** The caller scores by cards; an index promises who is met, and what the budget left out. */
export async function candidateCases(t: Test, open: Open): Promise<void> {
  const index = await open(t)
  await index.put([
    saying('pumps-only', { 'c:pump': 2 }),
    saying('pumps-aside', { 'c:pump': 0.2, 'c:valve': 2 }),
    saying('valves', { 'c:valve': 1, 't:water': 0.9 }),
    saying('water', { 't:water': 1 }),
    saying('mine', { 'c:pump': 1 }, { access: { ownerKey: 'asker' } }),
    saying('named', { 'c:glass': 1 }, { bodyTerms: ['xk', '4071', 'xk4071'] }),
    aDocument('silent')
  ])

  const pumps = await index.candidates(
    asking({ lists: [{ token: 'c:pump', weight: 1 }], filter: not(oneOf('access.ownerKey', ['asker'])) })
  )
  t.same(idsOf(pumps), ['pumps-aside', 'pumps-only'], 'whoever says it, and passes the hard filters')
  t.same(
    pumps.met.map(({ library, id, card }) => [library, card === `card of ${id}`]),
    [
      ['technology-reserve', true],
      ['technology-reserve', true]
    ],
    'with the card they brought'
  )
  t.match(pumps, { lists: 8, listsRead: 8, ids: 2, left: [] })

  const both = await index.candidates(
    asking({
      lists: [
        { token: 'c:valve', weight: 0.1 },
        { token: 't:water', weight: 2 }
      ]
    })
  )
  t.same(idsOf(both), ['pumps-aside', 'valves', 'water'], 'tokens of another kind are normalised apart')

  t.same(idsOf(await index.candidates(asking({ words: ['xk4071'] }))), ['named'], 'a model number finds what no list does')
  t.same((await index.candidates(asking({}))).met, [], 'nothing asked, nobody met')

  const cut = await index.candidates(
    asking({
      lists: [
        { token: 'c:pump', weight: 1 },
        { token: 'c:valve', weight: 0.9 }
      ],
      idsMax: 2
    })
  )
  t.ok(cut.ids <= 2, 'no more is fetched than the budget allows')
  t.ok(idsOf(cut).includes('pumps-only'), 'and it goes to those that say little else')
  t.same(cut.left.toSorted(), ['c:pump', 'c:valve'], 'what was not read to its end is told')
  await t.rejects(index.candidates(asking({ idsMax: candidateIdsMax + 1 })), { code: 'SIKU_SEARCH_QUERY_INVALID' })

  await index.put([saying('pumps-only', { 'c:glass': 1 }, { version: 2 })])
  t.same(idsOf(await index.candidates(asking({ lists: [{ token: 'c:pump', weight: 1 }] }))), ['mine', 'pumps-aside'])
}

import { loadThesaurus } from '@siku/thesaurus'
import t from 'tap'
import { createPostings, matchAll, readWeights, scoreFacts, scorePair, type MatchSide } from '../src/index.ts'
import { demandOf, denseMarket, sequence, technologyOf } from './support.ts'

const thesaurus = loadThesaurus()
const weights = readWeights()
const today = '2026-06-01'

/** Texts of a few English labels, two of them of one field, so that there are matches and near-misses. */
function phrase(next: (below: number) => number): string {
  const field = thesaurus.fields[next(thesaurus.fields.length)]?.field
  const own = thesaurus.concepts.filter((concept) => concept.field === field)
  return Array.from({ length: 2 + next(5) }, () => (next(3) ? own : thesaurus.concepts)[next(own.length)]?.labels.en?.[0] ?? 'pump').join(
    '; '
  )
}

function market(seed: number, size: number): { demands: MatchSide[]; technologies: MatchSide[] } {
  const next = sequence(seed)
  const ids = Array.from({ length: size }, (_, index) => String(index).padStart(4, '0'))
  return {
    demands: ids.map((id) => demandOf(thesaurus, phrase(next), { id: `d${id}`, organisationKey: `d${id}` })),
    technologies: ids.map((id) => technologyOf(thesaurus, phrase(next), { id: `t${id}`, organisationKey: `t${id}` }))
  }
}

t.test('candidates lose no pair that the oracle finds, in both directions', async (t) => {
  const { demands, technologies } = market(3, 80)
  const postings = createPostings(thesaurus, weights)
  for (const entry of demands) postings.put('demand', entry)
  for (const entry of technologies) postings.put('technology', entry)
  const oracle = matchAll(demands, technologies, { thesaurus, weights, today })
  t.ok(oracle.length > 0, `${oracle.length} matches to be found`)
  for (const { demand, technology } of oracle) {
    const forth = postings.candidates(
      'demand',
      demands.find(({ id }) => id === demand.id)!,
      200
    )
    const back = postings.candidates(
      'technology',
      technologies.find(({ id }) => id === technology.id)!,
      200
    )
    t.ok(forth.found.some(({ id }) => id === technology.id))
    t.ok(back.found.some(({ id }) => id === demand.id))
    t.notOk(forth.cut)
  }
})

t.test(
  'the candidate score is what concepts and topics can contribute to the score, before baselines, and never less than they do',
  async (t) => {
    const { demands, technologies } = market(5, 30)
    const postings = createPostings(thesaurus, weights)
    for (const entry of technologies) postings.put('technology', entry)
    for (const demand of demands) {
      for (const { id, candidateScore } of postings.candidates('demand', demand, 50).found) {
        const { contributions } = scorePair(
          demand,
          technologies.find((entry) => entry.id === id)!,
          thesaurus,
          weights
        )
        const sum = (['coverage', 'focus', 'mutual', 'evidence', 'topics'] as const).reduce(
          (total, feature) =>
            total + weights.features[feature].weight * (contributions.find((line) => line.feature === feature)?.value ?? 0),
          0
        )
        t.ok(candidateScore > sum - 1e-4, `${sum} and ${candidateScore}`)
        t.ok(candidateScore < sum + weights.features.evidence.weight, 'only what is corroborated is not known of a candidate')
      }
    }
  }
)

t.test('after any sequence of edits the postings answer like new ones', async (t) => {
  const { demands } = market(7, 40)
  const next = sequence(9)
  const edited = createPostings(thesaurus, weights)
  const present = new Map<string, MatchSide>()
  for (let step = 0; step < 400; step++) {
    const id = `t${next(60)}`
    if (next(3) === 0) {
      edited.remove('technology', id)
      present.delete(id)
    } else {
      const version = technologyOf(thesaurus, phrase(next), { id, organisationKey: id })
      edited.put('technology', version)
      present.set(id, version)
    }
  }
  const rebuilt = createPostings(thesaurus, weights)
  for (const entry of present.values()) rebuilt.put('technology', entry)
  t.equal(edited.size('technology'), present.size)
  for (const demand of demands) t.same(edited.candidates('demand', demand, 30), rebuilt.candidates('demand', demand, 30))
})

t.test('hard filters come before the cut, and the cut is told', async (t) => {
  const postings = createPostings(thesaurus, weights)
  for (const id of ['a', 'b', 'c', 'd']) postings.put('technology', technologyOf(thesaurus, 'drip irrigation', { id }))
  const demand = demandOf(thesaurus, 'drip irrigation')
  const cut = postings.candidates('demand', demand, 2, (id) => id !== 'a')
  t.same(
    cut.found.map(({ id }) => id),
    ['b', 'c'],
    'ties by id'
  )
  t.equal(cut.cut, true)
  t.equal(cut.scored, 4)
  t.equal(cut.touched, 4)
})

t.test('a tombstone leaves the postings', async (t) => {
  const postings = createPostings(thesaurus, weights)
  const entry = technologyOf(thesaurus, 'drip irrigation', { id: 'a' })
  postings.put('technology', entry)
  t.ok(postings.has('technology', 'a'))
  postings.put('technology', { ...entry, tombstone: true })
  t.notOk(postings.has('technology', 'a'))
  t.same(postings.candidates('demand', demandOf(thesaurus, 'drip irrigation'), 10).found, [])
})

t.test('a text without any concept asks nothing and breaks nothing', async (t) => {
  const postings = createPostings(thesaurus, weights)
  postings.put('technology', technologyOf(thesaurus, '…', { id: 'empty' }))
  t.same(postings.candidates('demand', demandOf(thesaurus, ''), 10), { found: [], touched: 0, postings: 0, scored: 0, cut: false })
})

t.test('on a large shelf a full run loses no pair above the threshold, and a run with a budget says when it may', async (t) => {
  const { demands, technologies } = denseMarket(thesaurus, { seed: 13, demands: 6, technologies: 20_000 })
  const postings = createPostings(thesaurus, weights)
  for (const entry of technologies) postings.put('technology', entry)
  let [pairs, cuts] = [0, 0]
  for (const demand of demands) {
    const reaching = technologies
      .filter((technology) => scoreFacts(demand, technology, thesaurus, weights).scoreMillionths >= weights.thresholdMillionths)
      .map(({ id }) => id)
    const isMissing = (found: readonly { id: string }[]) => {
      const ids = new Set(found.map(({ id }) => id))
      return reaching.some((id) => !ids.has(id))
    }
    const full = postings.candidates('demand', demand, Infinity)
    t.notOk(isMissing(full.found), 'the full run has them all')
    t.equal(full.cut, false)
    const run = postings.candidates('demand', demand, 500)
    t.ok(run.touched <= 2_000, `${run.touched} met`)
    t.ok(run.postings >= run.touched && run.scored === run.touched)
    t.ok(run.cut || !isMissing(run.found), 'who is not cut has them all')
    t.ok(run.touched <= full.touched)
    pairs += reaching.length
    cuts += run.cut ? 1 : 0
  }
  t.ok(pairs > 0 && cuts > 0, `${pairs} pairs, ${cuts} runs cut`)
})

t.test('a concept that stands everywhere still answers when it is all there is', async (t) => {
  const postings = createPostings(thesaurus, weights)
  const common = technologyOf(thesaurus, 'drip irrigation')
  for (let at = 0; at < 20_000; at++) postings.put('technology', { ...common, id: `t${at}` })
  const { found, touched } = postings.candidates('demand', demandOf(thesaurus, 'drip irrigation'), 20)
  t.equal(found.length, 20)
  t.equal(touched, 20_000)
})

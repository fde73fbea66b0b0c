import { seededNumbers } from '@siku/testing'
import t from 'tap'
import { applyCaps, defaultCaps, type Cappable } from '../../src/market/apply-caps.ts'
import { clustersOf } from '../../src/market/clusters.ts'

const line = (id: string, over: Partial<Cappable> = {}): Cappable => ({
  id,
  technologyId: `t-${id}`,
  scoreMillionths: 900_000,
  organisationKey: `o-${id}`,
  placeAtTechnology: 1,
  ...over
})
const ids = (lines: readonly { id: string }[]) => lines.map(({ id }) => id)

t.test('one organisation does not fill a list, and what it holds back says for which line', async (t) => {
  const lines = ['a', 'b', 'c', 'd'].map((id, at) => line(id, { organisationKey: 'house', scoreMillionths: 900_000 - at }))
  const shown = applyCaps([...lines, line('other', { scoreMillionths: 600_000 })], new Map())
  t.same(ids(shown), ['a', 'b', 'c', 'other', 'd'])
  t.same(shown.at(-1)?.cap, { kind: 'organisation', because: 'a' })
})

t.test('of two texts of the same thing the better one stands', async (t) => {
  const clusters = clustersOf([
    { a: 't-a', b: 't-b' },
    { a: 't-b', b: 't-c' }
  ])
  t.equal(new Set(clusters.values()).size, 1)
  const shown = applyCaps(
    [line('c', { scoreMillionths: 1 }), line('b', { scoreMillionths: 3 }), line('x', { scoreMillionths: 2 })],
    clusters
  )
  t.same(
    shown.map(({ id, cap }) => [id, cap]),
    [
      ['b', null],
      ['x', null],
      ['c', { kind: 'duplicate', because: 'b' }]
    ]
  )
})

t.test('a technology that fits many demands better stands further down here', async (t) => {
  const shown = applyCaps([line('full', { placeAtTechnology: 13 }), line('free', { scoreMillionths: 1 })], new Map())
  t.same(ids(shown), ['free', 'full'])
  t.equal(shown[1]?.cap?.kind, 'capacity')
})

const many = (count: number) => Array.from({ length: count }, (_, at) => at)
const randomLines = (next: (below: number) => number): Cappable[] =>
  many(next(40)).map((at) =>
    line(String(at).padStart(3, '0'), {
      technologyId: `t${next(30)}`,
      organisationKey: ['p', 'q', 'r'][next(3)] ?? 'p',
      scoreMillionths: 500_000 + next(20),
      placeAtTechnology: 1 + next(20)
    })
  )
const randomClusters = (next: (below: number) => number) => clustersOf(many(next(12)).map(() => ({ a: `t${next(30)}`, b: `t${next(30)}` })))

t.test('no cap is exceeded, nothing is lost, the order of the input means nothing', async (t) => {
  for (const seed of many(300)) {
    const next = seededNumbers(seed)
    const all = randomLines(next)
    const groups = randomClusters(next)
    const shown = applyCaps(all, groups)
    const free = shown.filter(({ cap }) => cap === null)
    const most = (key: (one: Cappable) => string | undefined) => {
      const counts = new Map<string, number>()
      for (const name of free.map(key)) if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1)
      return Math.max(0, ...counts.values())
    }
    const broken = [
      ids(shown).toSorted().join() !== ids(all).toSorted().join() && 'a line is lost',
      most(({ organisationKey }) => organisationKey) > defaultCaps.linesPerOrganisation && 'an organisation has too many',
      most(({ technologyId }) => groups.get(technologyId)) > 1 && 'a cluster stands twice',
      free.some(({ placeAtTechnology }) => placeAtTechnology > defaultCaps.demandsPerTechnology) && 'a full technology stands',
      free.some((one, at) => at > 0 && (free[at - 1]?.scoreMillionths ?? Infinity) < one.scoreMillionths) &&
        'the order is not that of strength',
      shown.some(({ cap, scoreMillionths }) => cap?.because && scoreOf(free, cap.because) < scoreMillionths) &&
        'a weaker line holds a better one back',
      ids(applyCaps(all.toReversed(), groups)).join() !== ids(shown).join() && 'the order of the input shows'
    ].filter(Boolean)
    t.same(broken, [], `list ${seed}`)
  }
})

const scoreOf = (lines: readonly Cappable[], wanted: string): number => lines.find(({ id }) => id === wanted)?.scoreMillionths ?? -1

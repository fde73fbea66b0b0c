import { normalForms } from '@siku/thesaurus'
import type { MatchSide } from '@siku/matcher'
import { byScoreThenId, type Ranked } from './metrics.ts'

/** How often each term stands in a text. */
export type Bag = Map<string, number>
export type BagOf = (side: MatchSide) => Bag

/** Words of the text in the normal forms of its own language: across languages only names, figures and model numbers meet. */
export const wordsOf: BagOf = ({ text }) => {
  const whole = [text.title, text.summary, text.description, ...text.more.map((field) => field.text), ...text.keywords].join('\n')
  return countOf(normalForms(whole, text.sourceLanguage))
}

/** Concepts of the thesaurus, as often as the text names them. */
export const conceptsOf: BagOf = ({ annotation }) => new Map(annotation.concepts.map(({ id, spans }) => [id, Math.max(1, spans.length)]))

function countOf(terms: readonly string[]): Bag {
  const bag: Bag = new Map()
  for (const term of terms) bag.set(term, (bag.get(term) ?? 0) + 1)
  return bag
}

type Doc = { id: string; bag: Bag; length: number; norm: number }
type Corpus = { docs: Doc[]; frequency: Map<string, number>; meanLength: number }
export type Baseline = (demand: MatchSide) => Ranked[]

/** BM25 with Lucene's idf (Robertson and Zaragoza 2009), k1 1.2, b 0.75. */
export function bm25(technologies: readonly MatchSide[], bagOf: BagOf): Baseline {
  const { docs, frequency, meanLength } = corpusOf(technologies, bagOf)
  const [k1, b] = [1.2, 0.75]
  return (demand) => {
    const terms = [...bagOf(demand).keys()]
    return rank(docs, ({ bag, length }) =>
      terms.reduce((sum, term) => {
        const count = bag.get(term)
        if (count === undefined) return sum
        const seen = frequency.get(term) ?? 0
        const idf = Math.log(1 + (docs.length - seen + 0.5) / (seen + 0.5))
        return sum + (idf * count * (k1 + 1)) / (count + k1 * (1 - b + (b * length) / meanLength))
      }, 0)
    )
  }
}

/** Cosine of tf-idf vectors, tf as 1 + ln count (Salton and Buckley 1988). */
export function tfIdf(technologies: readonly MatchSide[], bagOf: BagOf): Baseline {
  const { docs, frequency } = corpusOf(technologies, bagOf)
  const weightOf = (term: string, count: number) => (1 + Math.log(count)) * Math.log(1 + docs.length / (frequency.get(term) ?? docs.length))
  const normOf = (bag: Bag) => Math.hypot(...[...bag].map(([term, count]) => weightOf(term, count)))
  for (const doc of docs) doc.norm = normOf(doc.bag)
  return (demand) => {
    const asked = [...bagOf(demand)].map(([term, count]) => ({ term, weight: weightOf(term, count) }))
    return rank(docs, ({ bag, norm }) => {
      const product = asked.reduce((sum, { term, weight }) => sum + (bag.has(term) ? weight * weightOf(term, bag.get(term) ?? 1) : 0), 0)
      return product === 0 ? 0 : product / norm
    })
  }
}

function corpusOf(technologies: readonly MatchSide[], bagOf: BagOf): Corpus {
  const docs = technologies.map((side): Doc => {
    const bag = bagOf(side)
    return { id: side.id, bag, length: [...bag.values()].reduce((sum, count) => sum + count, 0), norm: 0 }
  })
  const frequency = new Map<string, number>()
  for (const { bag } of docs) for (const term of bag.keys()) frequency.set(term, (frequency.get(term) ?? 0) + 1)
  return { docs, frequency, meanLength: docs.reduce((sum, { length }) => sum + length, 0) / Math.max(1, docs.length) || 1 }
}

const rank = (docs: readonly Doc[], scoreOf: (doc: Doc) => number): Ranked[] =>
  docs
    .flatMap((doc) => {
      const score = scoreOf(doc)
      return score > 0 ? [{ id: doc.id, score }] : []
    })
    .sort(byScoreThenId)

import type { MatchSide } from '@siku/matcher'
import type { BagOf } from './bags.ts'
import { byScoreThenId, type Ranked } from './metrics.ts'

export type Baseline = (demand: MatchSide) => Ranked[]

/** `asked`: the bag of a need, where it is not made as that of a document. */
export type BaselineOptions = { bagOf: BagOf; asked?: BagOf }

/** BM25 with Lucene's idf (Robertson and Zaragoza 2009), k1 1.2, b 0.75; each language of the documents is a collection of its own. */
export function bm25(technologies: readonly MatchSide[], { bagOf, asked = bagOf }: BaselineOptions): Baseline {
  const [k1, b] = [1.2, 0.75]
  const collections = byLanguage(technologies).map((sides) => {
    const { docs, postings, meanLength } = corpusOf(sides, bagOf)
    const damped = docs.map(({ length }) => k1 * (1 - b + (b * length) / meanLength))
    return { docs, postings, damped }
  })
  return (demand) => {
    const terms = [...asked(demand).keys()]
    return collections
      .flatMap(({ docs, postings, damped }) => {
        const scores = new Float64Array(docs.length)
        for (const list of terms.map((term) => postings.get(term) ?? [])) {
          const idf = Math.log(1 + (docs.length - list.length + 0.5) / (list.length + 0.5))
          for (const { doc, count } of list) scores[doc] = (scores[doc] ?? 0) + (idf * count * (k1 + 1)) / (count + (damped[doc] ?? 1))
        }
        return reached(docs, scores)
      })
      .sort(byScoreThenId)
  }
}

/** Cosine of tf-idf vectors, tf as 1 + ln count (Salton and Buckley 1988). */
export function tfIdf(technologies: readonly MatchSide[], { bagOf, asked = bagOf }: BaselineOptions): Baseline {
  const { docs, postings } = corpusOf(technologies, bagOf)
  const weightOf = (count: number, seen: number) => (1 + Math.log(count)) * Math.log(1 + docs.length / (seen || docs.length))
  const squares = new Float64Array(docs.length)
  for (const list of postings.values())
    for (const { doc, count } of list) squares[doc] = (squares[doc] ?? 0) + weightOf(count, list.length) ** 2
  return (demand) => {
    const scores = new Float64Array(docs.length)
    for (const [term, askedCount] of asked(demand)) {
      const list = postings.get(term) ?? []
      for (const { doc, count } of list) scores[doc] = (scores[doc] ?? 0) + weightOf(askedCount, list.length) * weightOf(count, list.length)
    }
    return reached(
      docs,
      scores.map((score, doc) => (score === 0 ? 0 : score / Math.sqrt(squares[doc] ?? 1)))
    ).sort(byScoreThenId)
  }
}

type Doc = { id: string; length: number }
type Postings = Map<string, { doc: number; count: number }[]>

function corpusOf(sides: readonly MatchSide[], bagOf: BagOf): { docs: Doc[]; postings: Postings; meanLength: number } {
  const postings: Postings = new Map()
  const docs = sides.map((side, doc): Doc => {
    let length = 0
    for (const [term, count] of bagOf(side)) {
      const list = postings.get(term) ?? []
      list.push({ doc, count })
      postings.set(term, list)
      length += count
    }
    return { id: side.id, length }
  })
  return { docs, postings, meanLength: docs.reduce((sum, { length }) => sum + length, 0) / Math.max(1, docs.length) || 1 }
}

function byLanguage(sides: readonly MatchSide[]): MatchSide[][] {
  const groups = new Map<string, MatchSide[]>()
  for (const side of sides) {
    const group = groups.get(side.text.sourceLanguage) ?? []
    group.push(side)
    groups.set(side.text.sourceLanguage, group)
  }
  return [...groups.values()]
}

const reached = (docs: readonly Doc[], scores: Float64Array): Ranked[] =>
  docs.flatMap(({ id }, doc) => {
    const score = scores[doc] ?? 0
    return score > 0 ? [{ id, score }] : []
  })

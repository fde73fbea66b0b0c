import { scoreFacts, type MatchSide } from '@siku/matcher'
import { ablate, type AblationName, type Engine } from './ablations.ts'
import { conceptsOf, expandedWordsOf, languagesOf, wordsOf } from './bags.ts'
import { bm25, tfIdf, type Baseline } from './baselines.ts'
import { byScoreThenId, type Ranked } from './metrics.ts'

/** `without-thesaurus` and `with-thesaurus`: baselines; whether they know our vocabulary. */
export type SystemKind = 'siku' | 'without-thesaurus' | 'with-thesaurus' | 'ablation'
export type SystemInfo = { name: string; title: string; kind: SystemKind }
export type System = SystemInfo & { rank: (demand: MatchSide, met: ReadonlySet<string>) => Ranked[] }

export type SystemsInput = {
  technologies: readonly MatchSide[]
  engine: Engine
  ablations: readonly AblationName[]
  /** The embedding model by itself, where there is one; then ours is also told without it. */
  embedderAlone?: Baseline | undefined
}

/** What stands beside Siku in the tables, each as it ranks by itself; the hard filters are the same for all. */
export function comparedSystems({ technologies, engine, ablations, embedderAlone }: SystemsInput): System[] {
  const { thesaurus } = engine
  const expanded = expandedWordsOf(thesaurus, languagesOf(technologies))
  return [
    ...(embedderAlone ? [withoutEmbedder(technologies, engine)] : []),
    compared('words-bm25', 'words of the language, BM25', 'without-thesaurus', bm25(technologies, { bagOf: wordsOf })),
    compared('words-tfidf', 'words of the language, tf-idf', 'without-thesaurus', tfIdf(technologies, { bagOf: wordsOf })),
    ...(embedderAlone ? [compared('embedder', 'the embedder alone', 'without-thesaurus', embedderAlone)] : []),
    compared('expanded-bm25', 'words and our labels, BM25', 'with-thesaurus', bm25(technologies, { bagOf: wordsOf, asked: expanded })),
    compared('concepts-bm25', 'our concepts, BM25', 'with-thesaurus', bm25(technologies, { bagOf: conceptsOf })),
    compared('concepts-tfidf', 'our concepts, tf-idf', 'with-thesaurus', tfIdf(technologies, { bagOf: conceptsOf })),
    ...ablations.map((name): System => ({
      name,
      title: `Siku, ${name.replace('-', ' ')}`,
      kind: 'ablation',
      rank: exactRanking(technologies, ablate(name, engine))
    }))
  ]
}

/** Every pair that may meet is scored. */
export function exactRanking(technologies: readonly MatchSide[], { thesaurus, weights, read }: Engine): System['rank'] {
  const offers = technologies.map(read)
  return (demand, met) => {
    const need = read(demand)
    const ranking: Ranked[] = []
    for (const offer of offers) {
      if (!met.has(offer.id)) continue
      ranking.push({ id: offer.id, score: scoreFacts(need, offer, thesaurus, weights).scoreMillionths / 1_000_000 })
    }
    return ranking.sort(byScoreThenId)
  }
}

function withoutEmbedder(technologies: readonly MatchSide[], engine: Engine): System {
  const read = (side: MatchSide): MatchSide => ({ ...side, meaning: undefined })
  return { name: 'siku-concepts', title: 'Siku without the embedder', kind: 'siku', rank: exactRanking(technologies, { ...engine, read }) }
}

const compared = (name: string, title: string, kind: SystemKind, baseline: Baseline): System => ({
  name,
  title,
  kind,
  rank: (demand, met) => baseline(demand).filter(({ id }) => met.has(id))
})

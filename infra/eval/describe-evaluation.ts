import { tableOf } from '../dev/siku/command.ts'
import type { Interval } from './bootstrap.ts'
import type { Evaluation, Measured } from './measure.ts'
import { candidatesMax, systemNames, type RankedCollection, type SystemName } from './rank-collection.ts'

const titles: Record<SystemName, string> = {
  siku: 'Siku, every pair scored',
  'siku-candidates': `Siku, candidates (${candidatesMax})`,
  'words-bm25': 'words of the language, BM25',
  'words-tfidf': 'words of the language, tf-idf',
  'concepts-bm25': 'our concepts, BM25',
  'concepts-tfidf': 'our concepts, tf-idf'
}

/** The evaluation in tables, intervals at 95 %. */
export function describeEvaluation(ranked: RankedCollection, evaluation: Evaluation): string[] {
  const { all, ahead, byLanguage, byTheme, silence, candidates } = evaluation
  const { demands, technologies, distractors, today, threshold, thesaurusEdition, weightsVersion, unknownValues, seconds, leaveOut } =
    ranked
  return [
    `${demands.length} needs (${all.judged} with an answer), ${technologies} technologies${distractors > 0 ? ` (${distractors} of them noise)` : ''}, as of ${today};`,
    `thesaurus ${thesaurusEdition}, weights ${weightsVersion}, threshold ${threshold.toFixed(2)}; annotated in ${seconds.annotate.toFixed(1)} s, scored in ${seconds.score.toFixed(1)} s.`,
    ...(unknownValues.length > 0 ? [`Not in the crosswalk, and left out: ${unknownValues.join(', ')}.`] : []),
    ...(leaveOut
      ? ['Each need was ranked without the technologies judged for it, so there is nothing to find and only silence is measured.']
      : ['', ...systemTable(all, ahead)]),
    '',
    `Proposed above the threshold: ${all.proposed}${leaveOut ? '' : `, of which right ${shown(all.precision)}`}`,
    `Silent where silence is right: ${shown(silence.share)}, on ${silence.needs} ${silence.measuredOn === 'needs nothing fits' ? 'needs that nothing fits' : silence.measuredOn}`,
    `Of the best 20 by score the candidate stage led to ${candidates.kept.toFixed(3)}, touching ${Math.round(candidates.touched)} of ${technologies} technologies`,
    ...(leaveOut ? [] : ['', 'By language of the need:', ...groupTable(byLanguage), '', 'By theme:', ...groupTable(byTheme)])
  ]
}

function systemTable({ systems }: Measured, ahead: Evaluation['ahead']): string[] {
  const rows = systemNames.map((name) => {
    const { ndcg10, recall20, map } = systems[name]
    return [titles[name], shown(ndcg10), shown(recall20), shown(map), name === 'siku' ? '' : shown(ahead[name], 'signed')]
  })
  return tableOf([['', 'nDCG@10', 'recall@20', 'MAP', 'Siku ahead by (nDCG@10, paired)'], ...rows])
}

function groupTable(groups: Record<string, Measured>): string[] {
  const rows = Object.entries(groups).map(([name, { needs, systems, proposed, precision }]) => {
    const { ndcg10, recall20, map } = systems.siku
    const baselines = [systems['words-bm25'], systems['words-tfidf'], systems['concepts-bm25'], systems['concepts-tfidf']].map(
      (quality) => quality.ndcg10?.value.toFixed(2) ?? '–'
    )
    return [name, needs, shown(ndcg10), shown(recall20), shown(map), `${proposed}, right ${shown(precision)}`, baselines.join(' / ')]
  })
  return tableOf([
    ['', 'needs', 'nDCG@10', 'recall@20', 'MAP', 'proposed', 'nDCG@10 of words BM25 / tf-idf / concepts BM25 / tf-idf'],
    ...rows
  ])
}

function shown(interval: Interval | null, form: 'plain' | 'signed' = 'plain'): string {
  if (interval === null) return '–'
  const number = (value: number) => `${form === 'signed' && value >= 0 ? '+' : ''}${value.toFixed(3)}`
  return `${number(interval.value)} [${number(interval.low)} ${number(interval.high)}]`
}

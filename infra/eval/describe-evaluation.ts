import { tableOf } from '../dev/siku/command.ts'
import type { Interval } from './bootstrap.ts'
import { specificMin } from './coverage.ts'
import type { Evaluation, Margin, Measured, Silence } from './measure.ts'
import type { RankedCollection } from './rank-collection.ts'

/** The evaluation in tables, intervals at 95 %. */
export function describeEvaluation(ranked: RankedCollection, evaluation: Evaluation): string[] {
  const { all, byLanguage, byTheme, silence, candidates } = evaluation
  const { leaveOut, technologies } = ranked
  return [
    ...settingLines(ranked, all),
    ...(leaveOut
      ? ['Each need was ranked without the technologies judged for it, so there is nothing to find and only silence is measured.']
      : ['', ...systemTable(ranked, evaluation), '', ...marginLines(evaluation)]),
    '',
    `Proposed above the threshold: ${all.proposed}${leaveOut ? '' : `, of which right ${shown(all.precision)}`}`,
    `Silent where silence is right: ${shown(silence.share)}, on ${silence.needs} ${measuredOn(silence)}`,
    `Of the best 20 by score the candidate stage led to ${candidates.kept.toFixed(3)}, of what is proposed to ${candidates.proposedKept.toFixed(3)}, touching ${Math.round(candidates.touched)} of ${technologies} technologies`,
    '',
    'By language of the need:',
    ...groupTable(ranked, byLanguage),
    ...(Object.keys(byTheme).length > 0 ? ['', 'By theme:', ...groupTable(ranked, byTheme)] : []),
    ...heldOutLines(ranked),
    ...embedderLines(ranked, byLanguage),
    ...parallelLines(evaluation),
    ...coverageLines(evaluation),
    ...dossierLines(evaluation)
  ]
}

function settingLines(ranked: RankedCollection, all: Measured): string[] {
  const { demands, technologies, distractors, today, threshold, thesaurusEdition, weightsVersion, unknownValues, seconds } = ranked
  return [
    `${demands.length} needs (${all.judged} with an answer), ${technologies} technologies${distractors > 0 ? ` (${distractors} of them noise)` : ''}, as of ${today};`,
    `thesaurus ${thesaurusEdition}, weights ${weightsVersion}, threshold ${threshold.toFixed(2)}; annotated in ${seconds.annotate.toFixed(1)} s,${seconds.embed >= 0.05 ? ` embedded in ${seconds.embed.toFixed(1)} s,` : ''} scored in ${seconds.score.toFixed(1)} s.`,
    ...(unknownValues.length > 0 ? [`Not in the crosswalk, and left out: ${unknownValues.join(', ')}.`] : [])
  ]
}

function systemTable({ systems }: RankedCollection, { all }: Evaluation): string[] {
  const rows = systems.map(({ name, title }) => {
    const quality = all.systems[name]
    return [
      title,
      shown(quality?.ndcg10),
      shown(quality?.recall20),
      shown(quality?.map),
      name === 'siku' ? '' : shown(all.ahead[name], 'signed')
    ]
  })
  return tableOf([['', 'nDCG@10', 'recall@20', 'MAP', 'Siku ahead by (nDCG@10, paired)'], ...rows])
}

function marginLines({ margins }: Evaluation): string[] {
  const line = (kind: string, margin: Margin | null) =>
    margin === null ? [] : [`Ahead of the best baseline ${kind} our thesaurus (${margin.name}) by ${shown(margin.ahead, 'signed')}`]
  return [...line('without', margins.withoutThesaurus), ...line('with', margins.withThesaurus)]
}

function groupTable({ systems, leaveOut }: RankedCollection, groups: Record<string, Measured>): string[] {
  const baselines = systems.filter(({ kind }) => kind === 'without-thesaurus' || kind === 'with-thesaurus')
  const rows = Object.entries(groups).map(([name, { needs, systems: qualities, proposed, precision, silence }]) => {
    const quality = qualities['siku']
    const silent = `${shown(silence.share)}${silence.measuredOn === 'needs nothing fits' ? ` of ${silence.needs}` : ''}`
    if (leaveOut) return [name, needs, proposed, silent]
    const others = baselines.map((system) => qualities[system.name]?.ndcg10?.value.toFixed(2) ?? '–')
    const right = `${proposed}, right ${shown(precision)}`
    return [name, needs, shown(quality?.ndcg10), shown(quality?.recall20), shown(quality?.map), right, silent, ...others]
  })
  const head = leaveOut
    ? ['', 'needs', 'proposed', 'silent']
    : ['', 'needs', 'nDCG@10', 'recall@20', 'MAP', 'proposed', 'silent', ...baselines.map(({ name }) => name)]
  return tableOf([head, ...rows])
}

function heldOutLines({ demands, heldOutThemes }: RankedCollection): string[] {
  if (heldOutThemes.length === 0) return []
  const isMeasured = demands.some(({ theme }) => heldOutThemes.includes(theme))
  return [
    '',
    `Themes held out by the hash of their names, ${isMeasured ? 'measured here too' : 'left out here'}: ${heldOutThemes.join(', ')}`
  ]
}

function embedderLines({ systems }: RankedCollection, byLanguage: Record<string, Measured>): string[] {
  const [without, alone] = ['siku-concepts', 'embedder'] as const
  if (!systems.some(({ name }) => name === without)) return []
  const rows = Object.entries(byLanguage).map(([language, { ahead }]) => [
    language,
    shown(ahead[without], 'signed'),
    shown(ahead[alone], 'signed')
  ])
  return ['', 'With the embedder, nDCG@10 by language is ahead of:', ...tableOf([['', 'Siku without it', 'the embedder alone'], ...rows])]
}

function parallelLines({ comparedToChinese }: Evaluation): string[] {
  const rows = Object.entries(comparedToChinese).map(([language, { needs, ndcg10, ratio }]) => [
    language,
    needs,
    shown(ndcg10),
    shown(ratio)
  ])
  if (rows.length === 0) return []
  return ['', 'The same needs written in Chinese are 1:', ...tableOf([['', 'needs', 'nDCG@10', 'divided by that in Chinese'], ...rows])]
}

const lackingShown = 20

function coverageLines({ coverage: { byLanguage, lacking } }: Evaluation): string[] {
  const rows = Object.entries(byLanguage).map(([language, { records, share }]) => [language, records, shown(share)])
  const listed = lacking.slice(0, lackingShown).map(({ id, language, specific }) => `${id} (${language}, ${specific})`)
  const more = lacking.length > lackingShown ? [`and ${lacking.length - lackingShown} more, all in --json`] : []
  return [
    '',
    `Records with at least ${specificMin} specific concepts:`,
    ...tableOf([['', 'records', 'share'], ...rows]),
    ...(lacking.length > 0 ? [`  Fewer have: ${[...listed, ...more].join(', ')}`] : [])
  ]
}

function dossierLines({ dossier }: Evaluation): string[] {
  if (dossier === null) return []
  const rows = (['projects', 'institutions'] as const).map((name) => {
    const { needs, ndcg3, recall6 } = dossier[name]
    return [name, needs, shown(ndcg3), shown(recall6)]
  })
  return ['', 'Dossier:', ...tableOf([['', 'needs', 'nDCG@3', 'recall@6'], ...rows])]
}

const measuredOn = ({ measuredOn: kind }: Silence) => (kind === 'needs nothing fits' ? 'needs that nothing fits' : kind)

function shown(interval: Interval | null | undefined, form: 'plain' | 'signed' = 'plain'): string {
  if (!interval) return '–'
  const number = (value: number) => `${form === 'signed' && value >= 0 ? '+' : ''}${value.toFixed(3)}`
  return `${number(interval.value)} [${number(interval.low)} ${number(interval.high)}]`
}

import type { Thesaurus } from '@siku/thesaurus'
import { askedCriteria, type AskedCriterion } from './asked-criteria.ts'
import type { PairedProfiles } from './concept-features.ts'
import { findFigure, type FoundFigure } from './offered-figures.ts'
import { massAt } from './profile.ts'
import type { CriterionOutcome, Figure, MatchSide } from './types.ts'

const enoughCovered = 0.5
const strongSimilarity = 0.6

export type JudgedPair = { demand: MatchSide; technology: MatchSide; profiles: PairedProfiles }

/** What became of one criterion, without its wording. */
export type Judged = { criterion: AskedCriterion; outcome: CriterionOutcome['outcome']; figure: Figure | null }

/** What becomes of every criterion of the demand, and of the figures its text asks for. */
export function judgeCriteria(pair: JudgedPair, thesaurus: Thesaurus): Judged[] {
  return askedCriteria(pair.demand, pair.profiles.demand, thesaurus).map((criterion) => judgeOne(criterion, pair))
}

export function outcomesOf(judged: readonly Judged[]): CriterionOutcome[] {
  return judged.map(({ criterion: { index, kind, text, asked }, outcome, figure }) => ({
    index,
    kind,
    text,
    asked,
    offered: figure,
    outcome
  }))
}

function judgeOne(criterion: AskedCriterion, { technology, profiles }: JudgedPair): Judged {
  if (!criterion.range) return { criterion, outcome: judgeByConcepts(criterion, profiles), figure: null }
  const found = findFigure(technology, criterion.range, criterion.words)
  return { criterion, outcome: outcomeOf(criterion, found), figure: found?.figure ?? null }
}

/** Only a decisive figure can contradict; silence leaves a wish open. */
function outcomeOf({ kind, source }: AskedCriterion, found: FoundFigure | undefined): CriterionOutcome['outcome'] {
  const met = found?.met ?? false
  const decisive = source === 'stated' && (found?.decisive ?? false)
  if (kind === 'not') return met && decisive ? 'contradicted' : 'met'
  return met ? 'met' : decisive ? 'contradicted' : 'open'
}

/** A criterion in words is judged by the concepts read in its own text. */
function judgeByConcepts({ kind, places, mass, refused }: AskedCriterion, { demand, technology, matched }: PairedProfiles) {
  if (kind === 'not') {
    const offered = refused.filter((concept) => technology.ids.includes(concept))
    return refused.length > 0 && offered.length * 2 > refused.length ? 'contradicted' : 'met'
  }
  let covered = 0
  for (const place of places) {
    const answered = (matched.gains[place] ?? -1) >= 0 && (matched.similarities[place] ?? 0) >= strongSimilarity
    if (answered) covered += massAt(demand, place)
  }
  return mass > 0 && covered >= mass * enoughCovered ? 'met' : 'open'
}

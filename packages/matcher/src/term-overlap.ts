import type { Annotation, TermAnnotation } from '@siku/thesaurus'

export type TermOverlap = { value: number; shared: string[] }

const sharedMax = 10
const lookups = new WeakMap<Annotation, Map<string, TermAnnotation>>()

/** Words no concept covers, compared within one language; model numbers and standards compare across all. */
export function termOverlap(demand: Annotation, technology: Annotation): TermOverlap {
  const offered = termsOf(technology)
  let all = 0
  let met = 0
  const shared: { term: string; gain: number }[] = []
  for (const term of demand.terms) {
    const mass = term.weight * rarity(term)
    all += mass
    const other = offered.get(`${term.language}:${term.term}`)
    if (!other) continue
    const gain = mass * Math.min(1, 0.5 + other.weight / 2)
    met += gain
    shared.push({ term: term.term, gain })
  }
  shared.sort((a, b) => b.gain - a.gain || (a.term < b.term ? -1 : 1))
  return { value: all > 0 ? met / all : 0, shared: shared.slice(0, sharedMax).map(({ term }) => term) }
}

function termsOf(annotation: Annotation): Map<string, TermAnnotation> {
  const known = lookups.get(annotation)
  if (known) return known
  const terms = new Map(annotation.terms.map((term) => [`${term.language}:${term.term}`, term]))
  lookups.set(annotation, terms)
  return terms
}

/** Without corpus statistics (the score must depend on the pair alone) length stands for rarity. */
function rarity(term: TermAnnotation): number {
  if (term.language === 'zxx') return 1.5
  const length = term.language === 'zh' ? term.term.length * 2.5 : term.term.length
  return length < 5 ? 0.4 : length < 7 ? 0.7 : 1
}

import type { Annotation, TermAnnotation } from '@siku/thesaurus'

const sharedMax = 10

/** The terms of one record by language, ordered by a number made of each: two records meet by walking once along both. */
type TermList = {
  terms: readonly TermAnnotation[]
  languages: Map<string, Segment>
  /** By place: what the term weighs where it is asked, and how well it answers where it is offered. */
  masses: Float64Array
  answers: Float64Array
  mass: number
}

/** Numbers in rising order, and where each term stands in the annotation. */
type Segment = { hashes: Int32Array; places: Int32Array }

const lists = new WeakMap<Annotation, TermList>()

/** Share of the demand's words without a concept that the technology has too; model numbers and standards compare across languages. */
export function termOverlap(demand: Annotation, technology: Annotation): number {
  const asked = listOf(demand)
  if (asked.mass === 0) return 0
  let met = 0
  for (const { gain } of hitsOf(asked, listOf(technology))) met += gain
  return met / asked.mass
}

/** The words both have, the weightiest first. */
export function sharedTerms(demand: Annotation, technology: Annotation): string[] {
  const asked = listOf(demand)
  return hitsOf(asked, listOf(technology))
    .map(({ place, gain }) => ({ term: asked.terms[place]?.term ?? '', gain }))
    .sort((a, b) => b.gain - a.gain || (a.term < b.term ? -1 : 1))
    .slice(0, sharedMax)
    .map(({ term }) => term)
}

type Hit = { place: number; gain: number }

/** In the order of the demand's terms, so that sums come out the same to the last bit. */
function hitsOf(asked: TermList, offered: TermList): Hit[] {
  const hits: Hit[] = []
  for (const [language, segment] of asked.languages) {
    const others = offered.languages.get(language)
    if (others)
      meet(segment, others, (place, answer) => {
        if (asked.terms[place]?.term !== offered.terms[answer]?.term) return
        hits.push({ place, gain: (asked.masses[place] ?? 0) * (offered.answers[answer] ?? 0) })
      })
  }
  return hits.length > 1 ? hits.sort((a, b) => a.place - b.place) : hits
}

/** Pairs of places with equal numbers. */
function meet(asked: Segment, offered: Segment, visit: (place: number, answer: number) => void): void {
  let other = 0
  for (let at = 0; at < asked.hashes.length; at++) {
    const hash = asked.hashes[at] ?? 0
    while (other < offered.hashes.length && (offered.hashes[other] ?? 0) < hash) other++
    for (let same = other; same < offered.hashes.length && offered.hashes[same] === hash; same++) {
      visit(asked.places[at] ?? 0, offered.places[same] ?? 0)
    }
  }
}

function listOf(annotation: Annotation): TermList {
  const known = lists.get(annotation)
  if (known) return known
  const { terms } = annotation
  const masses = Float64Array.from(terms, (term) => term.weight * rarity(term))
  const list: TermList = {
    terms,
    languages: new Map([...new Set(terms.map((term) => term.language))].map((language) => [language, segmentOf(terms, language)])),
    masses,
    answers: Float64Array.from(terms, ({ weight }) => Math.min(1, 0.5 + weight / 2)),
    mass: masses.reduce((sum, mass) => sum + mass, 0)
  }
  lists.set(annotation, list)
  return list
}

function segmentOf(terms: readonly TermAnnotation[], language: string): Segment {
  const hashed = terms.flatMap((term, place) => (term.language === language ? [{ place, hash: hashOf(term.term) }] : []))
  hashed.sort((a, b) => a.hash - b.hash || a.place - b.place)
  return { hashes: Int32Array.from(hashed, ({ hash }) => hash), places: Int32Array.from(hashed, ({ place }) => place) }
}

/** FNV-1a over the units; words of equal numbers are compared in full. */
function hashOf(term: string): number {
  let hash = 0x811c9dc5
  for (let unit = 0; unit < term.length; unit++) hash = Math.imul(hash ^ term.charCodeAt(unit), 0x01000193)
  return hash | 0
}

/** Without corpus statistics (the score must depend on the pair alone) length stands for rarity. */
function rarity(term: TermAnnotation): number {
  if (term.language === 'zxx') return 1.5
  const length = term.language === 'zh' ? term.term.length * 2.5 : term.term.length
  return length < 5 ? 0.4 : length < 7 ? 0.7 : 1
}

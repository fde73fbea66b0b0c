import type { Language } from '@siku/contracts'
import type { Annotation, Concept, Span, TermAnnotation, Thesaurus } from '@siku/thesaurus'
import { seededRandom } from '@siku/testing'

/** Draws what one text may speak of. The same calls give the same answers for the same seed. */
export type Draw = {
  /** A number from the least to the most, both among them. */
  between: (least: number, most: number) => number
  one: <T>(values: readonly T[]) => T
  some: <T>(values: readonly T[], least: number, most: number) => T[]
  subject: () => Pick<Annotation, 'concepts' | 'topics'>
  terms: (language: Language, count: number) => TermAnnotation[]
}

const topicsOfText = 32
const wordsOfLanguage = 40_000
/** How far a text is about a concept, in the order in which they are drawn: what the title names, the rest, what is said in passing. */
const weightsOf = { theme: 2.25, near: 1.5, more: 0.9, passing: 0.4 }

export function createDraw(thesaurus: Thesaurus, seed: number): Draw {
  const random = seededRandom(seed)
  const between = (least: number, most: number) => least + Math.floor(random() * (most - least + 1))
  const one = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T
  /** The value of rank r with a probability of about 1/r. */
  const zipf = <T>(values: readonly T[]): T => values[Math.floor(values.length ** random()) - 1] as T
  const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make)
  const span = (): Span => {
    const start = between(0, 240)
    return { field: 'description', start, end: start + between(2, 8) }
  }

  const subject = createSubjects(thesaurus, { between, one, zipf, times, span })
  return {
    between,
    one,
    subject,
    some: (values, least, most) => [...new Set(times(between(least, most), () => one(values)))],
    terms: (language, count) => {
      const drawn = new Set(times(count, () => Math.floor(wordsOfLanguage ** random())))
      return [...drawn].map((word) => ({ term: wordOf(language, word), language, weight: between(1, 4) / 4, spans: [span()] }))
    }
  }
}

type Chance = Pick<Draw, 'between' | 'one'> & {
  zipf: <T>(values: readonly T[]) => T
  times: <T>(count: number, make: () => T) => T[]
  span: () => Span
}

function createSubjects({ concepts, positions }: Thesaurus, { between, one, zipf, times, span }: Chance): Draw['subject'] {
  const names = [...new Set(concepts.map(({ field }) => field))]
  const fields = names.map((name) => concepts.filter(({ field }) => field === name))
  const neighbours = (concept: Concept): Concept[] =>
    [...concept.broader, ...concept.relations.map(({ target }) => target)].flatMap((id) => concepts[positions.get(id) ?? -1] ?? [])

  /** What texts about the same theme speak of besides it, whoever writes them. */
  const companions = (theme: Concept, field: readonly Concept[]): Concept[] => {
    const first = field.indexOf(theme)
    return Array.from({ length: 5 }, (_, at) => field[(first * 3 + at * 7 + 1) % field.length] as Concept)
  }

  return () => {
    const field = one(fields)
    const theme = zipf(field)
    const near = neighbours(theme)
    const more = [...times(between(2, 4), () => one(companions(theme, field))), ...times(between(2, 4), () => zipf(field))]
    const weights = new Map<string, number>([[theme.id, weightsOf.theme]])
    const add = (drawn: readonly Concept[], weight: number) => {
      for (const { id } of drawn) if (!weights.has(id)) weights.set(id, weight * (between(6, 10) / 10))
    }
    add(near.slice(0, between(0, 3)), weightsOf.near)
    add(more, weightsOf.more)
    add(
      times(between(5, 12), () => zipf(concepts)),
      weightsOf.passing
    )
    const around = [theme, ...near, ...more, ...more.flatMap((concept) => neighbours(concept).slice(0, 1))]
    const topics = new Set(around.map(({ id }) => id).slice(0, topicsOfText / 2))
    while (topics.size < topicsOfText) topics.add(one(topics.size % 4 === 0 ? concepts : field).id)
    return {
      concepts: [...weights].map(([id, weight]) => ({ id, weight, spans: times(between(1, 2), span) })).sort((a, b) => b.weight - a.weight),
      topics: ofLengthOne([...topics].map((id) => ({ id, weight: between(5, 14) / 10 })))
    }
  }
}

function ofLengthOne<T extends { weight: number }>(all: readonly T[]): T[] {
  const length = Math.hypot(...all.map(({ weight }) => weight)) || 1
  return all.map((one) => ({ ...one, weight: one.weight / length }))
}

/** A word no vocabulary has, the same for the same number. */
function wordOf(language: Language, number: number): string {
  const letters = { zh: 0x4e00, ru: 0x0430, ar: 0x0627 }[language as string] ?? 0x61
  const base = language === 'zh' ? 2_000 : 20
  let [word, rest] = ['', number + base]
  while (rest > 0) {
    word += String.fromCodePoint(letters + (rest % base))
    rest = Math.floor(rest / base)
  }
  return language === 'zh' ? word : `${word}${String.fromCodePoint(letters + 2, letters + 7)}`
}

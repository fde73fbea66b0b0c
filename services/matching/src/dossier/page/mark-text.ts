import type { GlossedText, JoinedPair } from '../dossier-schemas.ts'

/** A stretch of a text: the pair it belongs to, and what it says in the reader's language, where it is the begin of a glossed place. */
export type Run = { text: string; number: number | null; label: string | null }

type Field = GlossedText['fields'][number]
export type Side = 'demand' | 'technology'

/** Cuts a field where a joined place or a glossed one begins or ends. Of places that meet, that of the weightier pair is marked. */
export function runsOf({ field, text, gloss }: Field, side: Side, pairs: readonly JoinedPair[]): Run[] {
  const points = [...text]
  const numbers = numbersOf(field, side, { pairs, length: points.length })
  const glosses = glossesOf(gloss, points.length)
  const runs: Run[] = []
  let from = 0
  for (let at = 1; at <= points.length; at++) {
    if (at < points.length && numbers[at] === numbers[from] && glosses[at] === glosses[from]) continue
    const segment = glosses[from] === undefined ? undefined : gloss[glosses[from] ?? 0]
    runs.push({
      text: points.slice(from, at).join(''),
      number: numbers[from] ?? null,
      label: segment?.start === from ? segment.label : null
    })
    from = at
  }
  return runs
}

/** By code point: the number of the pair that is marked there. */
function numbersOf(field: string, side: Side, { pairs, length }: { pairs: readonly JoinedPair[]; length: number }): (number | undefined)[] {
  const numbers = Array.from<number | undefined>({ length })
  for (const pair of pairs) {
    for (const place of pair[side].filter((one) => one.field === field)) {
      for (let at = place.start; at < Math.min(place.end, length); at++) numbers[at] ??= pair.number
    }
  }
  return numbers
}

/** By code point: which segment of the gloss stands there. */
function glossesOf(gloss: Field['gloss'], length: number): (number | undefined)[] {
  const places = Array.from<number | undefined>({ length })
  gloss.forEach(({ start, end }, index) => {
    for (let at = start; at < Math.min(end, length); at++) places[at] = index
  })
  return places
}

type Texts = Record<Side, readonly Field[]>

/** Pairs that a reader can follow: with words of their own in both texts, under no weightier pair. */
export function visiblePairs(pairs: readonly JoinedPair[], texts: Texts): JoinedPair[] {
  const marked = (side: Side) => new Set(texts[side].flatMap((field) => runsOf(field, side, pairs).map(({ number }) => number)))
  const [asked, offered] = [marked('demand'), marked('technology')]
  return pairs.filter(({ number }) => asked.has(number) && offered.has(number))
}

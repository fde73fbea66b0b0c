import type { LabelMatches } from './find-labels.ts'
import type { ReadField } from './read-field.ts'
import { isCovered } from './tokens.ts'
import type { LabelTrie } from './types.ts'

/** The matches of a field that stand, in the order in which they were taken: of each its concepts that stand, and its share. */
export type SettledMatches = {
  count: number
  /** Place of the match in the columns it came from. */
  match: number[]
  /** Rows of entries: so many of `rows`, up to before `rowsEnd`. */
  rows: number[]
  rowsEnd: number[]
  /** 1 for an outer label, ½ for one inside or across another. */
  share: number[]
}

const innerShare = 0.5
const looseQuality = 0.75
const coveringQuality = 0.5

const settled: SettledMatches = { count: 0, match: [], rows: [], rowsEnd: [], share: [] }

/** Of each token whether a label has taken it, and the first of a chain of concepts that stand for it. */
let taken = new Uint8Array(512)
let firstAt = new Int32Array(512)
const chainConcept: number[] = [0]
const chainNext: number[] = [0]
let chained = 1

/**
 * Longest first; a label inside a longer one still says something (a solar water pump is a pump), but half as much.
 * A concept is counted once for the same words.
 */
export function settleOverlaps({ first, last, tokens }: ReadField, matches: LabelMatches, { entries }: LabelTrie): SettledMatches {
  makeRoom(last - first)
  settled.count = 0
  let used = 0
  for (const match of inOrder(matches)) {
    const before = used
    const node = matches.node[match] ?? 0
    for (const row of node < 0 ? (matches.lists[-1 - node] ?? []) : [node]) {
      for (let at = entries.from[row] ?? 0; at < (entries.from[row + 1] ?? 0); at++) {
        if (!isCounted(matches, match, first, entries.concepts[at] ?? 0)) settled.rows[used++] = at
      }
    }
    if (used === before) continue
    const nth = settled.count++
    settled.match[nth] = match
    settled.rowsEnd[nth] = used
    settled.share[nth] = isTaken(matches, match, first) ? innerShare : 1
    const quality = matches.quality[match] ?? 0
    for (let at = matches.from[match] ?? 0, end = at + (matches.size[match] ?? 0); at < end; at++) {
      const token = matches.places[at] ?? 0
      // A loose reading with words between must not weaken a plain one inside it.
      if (quality >= looseQuality) taken[token - first] = 1
      if (quality >= coveringQuality) tokens.marks[token] = (tokens.marks[token] ?? 0) | isCovered
      for (let row = before; row < used; row++) chain(token - first, entries.concepts[settled.rows[row] ?? 0] ?? 0)
    }
  }
  return settled
}

function makeRoom(count: number): void {
  if (taken.length < count) {
    taken = new Uint8Array(count * 2)
    firstAt = new Int32Array(count * 2)
  } else {
    taken.fill(0, 0, count)
    firstAt.fill(0, 0, count)
  }
  chained = 1
}

function chain(place: number, concept: number): void {
  chainConcept[chained] = concept
  chainNext[chained] = firstAt[place] ?? 0
  firstAt[place] = chained++
}

function isCounted({ from, size, places }: LabelMatches, match: number, first: number, concept: number): boolean {
  for (let at = from[match] ?? 0, end = at + (size[match] ?? 0); at < end; at++) {
    for (let link = firstAt[(places[at] ?? 0) - first] ?? 0; link !== 0; link = chainNext[link] ?? 0)
      if (chainConcept[link] === concept) return true
  }
  return false
}

function isTaken({ from, size, places }: LabelMatches, match: number, first: number): boolean {
  for (let at = from[match] ?? 0, end = at + (size[match] ?? 0); at < end; at++) if (taken[(places[at] ?? 0) - first] === 1) return true
  return false
}

const order: number[] = []
const nextOfLength: number[] = []

/** Longest first, then with the fewest words between, then the surest, then as they stand: by length in one go, the rest step by step. */
function inOrder(matches: LabelMatches): readonly number[] {
  const { count, length } = matches
  let longest = 0
  for (let match = 0; match < count; match++) longest = Math.max(longest, length[match] ?? 0)
  for (let shorter = 0; shorter <= longest; shorter++) nextOfLength[shorter] = 0
  for (let match = 0; match < count; match++) {
    const shorter = longest - (length[match] ?? 0)
    nextOfLength[shorter] = (nextOfLength[shorter] ?? 0) + 1
  }
  for (let shorter = 0, before = 0; shorter <= longest; shorter++) {
    const own = nextOfLength[shorter] ?? 0
    nextOfLength[shorter] = before
    before += own
  }
  order.length = count
  for (let match = 0; match < count; match++) {
    const shorter = longest - (length[match] ?? 0)
    const at = nextOfLength[shorter] ?? 0
    order[at] = match
    nextOfLength[shorter] = at + 1
  }
  for (let at = 1; at < count; at++) sinkInto(matches, at)
  return order
}

function sinkInto(matches: LabelMatches, from: number): void {
  const match = order[from] ?? 0
  let at = from
  while (at > 0 && comesBefore(matches, match, order[at - 1] ?? 0)) {
    order[at] = order[at - 1] ?? 0
    at--
  }
  order[at] = match
}

function comesBefore({ length, gaps, quality, from, places }: LabelMatches, one: number, other: number): boolean {
  if (length[one] !== length[other]) return false
  const wider = (gaps[one] ?? 0) - (gaps[other] ?? 0)
  const surer = (quality[one] ?? 0) - (quality[other] ?? 0)
  if (wider !== 0) return wider < 0
  return surer !== 0 ? surer > 0 : (places[from[one] ?? 0] ?? 0) < (places[from[other] ?? 0] ?? 0)
}

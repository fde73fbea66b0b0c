import { addPair, childOf, createEdgeTable, createPairBits, insertEdge, sealEdges, type EdgeTable, type PairBits } from './edge-table.ts'

/**
 * The words of the segmenter's dictionary as a trie of characters, in a few typed arrays: 350,000 words take 12 MB. States are numbered
 * by the frequency of their words, so that what texts are made of lies together.
 */
export type ChineseDictionary = {
  /** The state after a first character, by its unit; 0 where no word starts so. */
  first: Int32Array
  /** The state after one more character. */
  edges: EdgeTable
  /** The two characters that words begin with. */
  pairs: PairBits
  /** Which of the `costs` the word that ends in a state has; 0 where none ends. */
  rankOf: Uint16Array
  /** Logarithms of the frequencies less that of all words together. */
  costs: Float64Array
  /** What a character costs as a word, by its unit; minus infinity where it is none. */
  singleCosts: Float64Array
  /** What a character costs that begins no word. */
  unknownCost: number
}

const edgesExpected = 1 << 19
const pairBitsLog = 21
const [space, lineBreak, zero, nine] = [0x20, 0x0a, 0x30, 0x39]

/** Reads lines of "word frequency tag" in UTF-8. Words with letters, figures or characters outside the basic plane are counted only. */
export function readChineseDictionary(file: Uint8Array): ChineseDictionary {
  const { starts, frequencies, total } = readLines(file)
  const all = Math.log(total)
  const trie = createTrie()
  const costs = [0]
  let last = 0
  for (const line of Uint32Array.from(starts.keys()).sort((a, b) => (frequencies[b] ?? 0) - (frequencies[a] ?? 0) || a - b)) {
    const frequency = frequencies[line] ?? 0
    if (frequency !== last) costs.push(Math.log(frequency) - all)
    last = frequency
    trie.add(file, starts[line] ?? 0, costs.length - 1)
  }
  const parts = trie.build()
  const singleCosts = Float64Array.from(parts.first, (state) => (parts.rankOf[state] ? (costs[parts.rankOf[state] ?? 0] ?? 0) : -Infinity))
  return { ...parts, costs: Float64Array.from(costs), singleCosts, unknownCost: Math.log(1) - all }
}

function readLines(file: Uint8Array) {
  const starts: number[] = []
  const frequencies: number[] = []
  let total = 0
  for (let at = 0; at < file.length; at++) {
    const start = at
    let isChinese = true
    for (; at < file.length && file[at] !== space; at += isChinese ? 3 : 1) isChinese &&= ((file[at] ?? 0) & 0xf0) === 0xe0
    let frequency = 0
    for (at++; isDigit(file[at] ?? 0); at++) frequency = frequency * 10 + (file[at] ?? 0) - zero
    while (at < file.length && file[at] !== lineBreak) at++
    total += frequency
    if (!isChinese || frequency === 0) continue
    starts.push(start)
    frequencies.push(frequency)
  }
  return { starts, frequencies, total }
}

const isDigit = (byte: number): boolean => byte >= zero && byte <= nine

const unitAt = (file: Uint8Array, at: number): number =>
  (((file[at] ?? 0) & 15) << 12) | (((file[at + 1] ?? 0) & 63) << 6) | ((file[at + 2] ?? 0) & 63)

function createTrie() {
  const first = new Int32Array(0x10000)
  const edges = createEdgeTable(edgesExpected)
  const pairs = createPairBits(pairBitsLog)
  let rankOf = new Uint16Array(edgesExpected)
  let states = 1

  function stepOrNew(state: number, unit: number): number {
    const known = state === 0 ? (first[unit] ?? 0) : childOf(edges, state, unit)
    if (known !== 0) return known
    const next = states++
    if (next >= rankOf.length) rankOf = widened(rankOf)
    if (state === 0) first[unit] = next
    else insertEdge(edges, state, unit, next)
    return next
  }

  return {
    add(file: Uint8Array, from: number, rank: number): void {
      let state = 0
      for (let at = from; file[at] !== space; at += 3) state = stepOrNew(state, unitAt(file, at))
      rankOf[state] = rank
      if (file[from + 3] !== space) addPair(pairs, unitAt(file, from), unitAt(file, from + 3))
    },
    build() {
      sealEdges([edges], states, (state) => rankOf[state] !== 0)
      return { first, edges, pairs, rankOf }
    }
  }
}

function widened(old: Uint16Array): Uint16Array<ArrayBuffer> {
  const wider = new Uint16Array(old.length * 2)
  wider.set(old)
  return wider
}

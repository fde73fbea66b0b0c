import { ThesaurusTooLargeError } from './errors.ts'

/**
 * Edges of a trie, (node, word) to child, in one open-addressing table. A slot is two numbers, so that a look-up touches one cache line: the
 * node with the low bits of the word; the child, its marks, and the rest of the word.
 */
export type EdgeTable = { slots: Int32Array; mask: number; size: number }

const nodeBits = 20
const lowBits = 32 - nodeBits
const lowMask = (1 << lowBits) - 1
const endBit = nodeBits
const childBits = 5
const firstChildBit = endBit + 1
const highShift = firstChildBit + childBits

const nodesMax = 1 << nodeBits
const wordsMax = 1 << (lowBits + 32 - highShift)
export const nodeMask = nodesMax - 1
/** Set in what a sealed table answers: something ends at the child. */
export const ends = 1 << endBit
/** Set in part in what a sealed table answers: edges go on from the child. */
export const goesOn = ((1 << childBits) - 1) << firstChildBit
const answerMask = goesOn | ends | nodeMask

/** The mark of a node from which an edge with this word goes on: few others have it, and who lacks it need not be looked up. */
const markOf = (word: number): number => 1 << (firstChildBit + (((Math.imul(word, 0x9e3779b1) >>> 16) * childBits) >>> 16))

export function createEdgeTable(edgesExpected: number): EdgeTable {
  let capacity = 1 << 12
  while (capacity < edgesExpected * 2) capacity *= 2
  return { slots: new Int32Array(capacity * 2), mask: capacity - 1, size: 0 }
}

function firstSlot(node: number, word: number, mask: number): number {
  const mixed = Math.imul(node, 0x9e3779b1) + Math.imul(word, 0x85ebca6b)
  return (mixed ^ (mixed >>> 15)) & mask
}

/** The child of a node that carries its marks. */
export const stepOf = (edges: EdgeTable, node: number, word: number): number =>
  (node & markOf(word)) === 0 ? 0 : childOf(edges, node, word)

/** The child with its marks, or 0 where there is none: nothing leads back to the root. */
export function childOf({ slots, mask }: EdgeTable, node: number, word: number): number {
  const parent = node & nodeMask
  const key = parent | ((word & lowMask) << nodeBits)
  const high = word >>> lowBits
  for (let slot = firstSlot(parent, word, mask); ; slot = (slot + 1) & mask) {
    const value = slots[slot * 2 + 1] ?? 0
    if (value === 0) return 0
    if (slots[slot * 2] === key && value >>> highShift === high) return value & answerMask
  }
}

/** Files an edge that is not there yet. */
export function insertEdge(edges: EdgeTable, node: number, word: number, child: number): void {
  if (child >= nodesMax) throw new ThesaurusTooLargeError('different beginnings', nodesMax)
  if (word >= wordsMax) throw new ThesaurusTooLargeError('different words', wordsMax)
  if ((edges.size + 1) * 2 > edges.mask + 1) grow(edges)
  const value = child | ((word >>> lowBits) << highShift)
  place(edges, firstSlot(node, word, edges.mask), node | ((word & lowMask) << nodeBits), value)
  edges.size++
}

function place({ slots, mask }: EdgeTable, first: number, key: number, value: number): void {
  let slot = first
  while (slots[slot * 2 + 1] !== 0) slot = (slot + 1) & mask
  slots[slot * 2] = key
  slots[slot * 2 + 1] = value
}

function grow(edges: EdgeTable): void {
  const old = edges.slots
  edges.slots = new Int32Array(old.length * 2)
  edges.mask = old.length - 1
  for (let at = 0; at < old.length; at += 2) {
    const [key, value] = [old[at] ?? 0, old[at + 1] ?? 0]
    if (value === 0) continue
    place(edges, firstSlot(key & nodeMask, wordOf(key, value), edges.mask), key, value)
  }
}

/** Marks every child at which something ends or from which edges go on: who meets it need look no further. Answers the marks by node. */
export function sealEdges(tables: readonly EdgeTable[], nodes: number, isEnd: (node: number) => boolean): Int32Array {
  const marks = new Int32Array(nodes)
  for (let node = 0; node < nodes; node++) if (isEnd(node)) marks[node] = ends
  for (const { slots } of tables) {
    for (let at = 0; at < slots.length; at += 2) {
      const [key, value] = [slots[at] ?? 0, slots[at + 1] ?? 0]
      if (value !== 0) marks[key & nodeMask] = (marks[key & nodeMask] ?? 0) | markOf(wordOf(key, value))
    }
  }
  for (const { slots } of tables) {
    for (let at = 1; at < slots.length; at += 2) {
      const value = slots[at] ?? 0
      if (value !== 0) slots[at] = value | (marks[value & nodeMask] ?? 0)
    }
  }
  return marks
}

const wordOf = (key: number, value: number): number => (key >>> nodeBits) | ((value >>> highShift) << lowBits)

/** A bit for every pair that is filed: most pairs a text asks for are not, and a small set answers that without a look at the table. */
export type PairBits = { bits: Int32Array; shift: number }

export const createPairBits = (log: number): PairBits => ({ bits: new Int32Array(1 << (log - 5)), shift: 32 - log })

const bitOf = (shift: number, first: number, second: number): number =>
  (Math.imul(first, 0x9e3779b1) + Math.imul(second, 0x85ebca6b)) >>> shift

export function addPair({ bits, shift }: PairBits, first: number, second: number): void {
  const bit = bitOf(shift, first, second)
  bits[bit >>> 5] = (bits[bit >>> 5] ?? 0) | (1 << (bit & 31))
}

export function mayPair({ bits, shift }: PairBits, first: number, second: number): boolean {
  const bit = bitOf(shift, first, second)
  return (((bits[bit >>> 5] ?? 0) >>> (bit & 31)) & 1) === 1
}

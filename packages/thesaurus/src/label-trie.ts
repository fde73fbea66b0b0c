import type { Language } from '@siku/contracts'
import { addPair, childOf, createEdgeTable, createPairBits, insertEdge, sealEdges } from './edge-table.ts'
import { createEntryChains } from './entry-chains.ts'
import type { LabelEntry, LabelTrie } from './types.ts'
import { createWordTable } from './word-table.ts'

/** A trie over numbered words, all of it in typed arrays, so that 100,000 labels stay small and quick. */
export type TrieBuilder = {
  wordNumber(key: string): number
  /** Another spelling that leads to the word. */
  alias(key: string, word: number): void
  /** Words of the same derivation lead to the word too, once a text asks for them. */
  derive(lower: string, language: Language, word: number): void
  add(words: readonly number[], entry: LabelEntry): void
  build(): LabelTrie
}

const nodesPerLabel = 1.6
const hanPairsLog = 18

export function createTrieBuilder(labelsExpected: number): TrieBuilder {
  const nodesExpected = Math.ceil(labelsExpected * nodesPerLabel) + 16
  const words = createWordTable()
  const edges = createEdgeTable(nodesExpected)
  const entries = createEntryChains(nodesExpected)
  const hanPairs = createPairBits(hanPairsLog)
  /** First nodes by their word; texts ask for them at every token. */
  const roots: number[] = []
  let nodes = 1

  function firstOrNew(word: number): number {
    while (roots.length <= word) roots.push(0)
    return (roots[word] ||= nodes++)
  }

  function childOrNew(node: number, word: number): number {
    const known = childOf(edges, node, word)
    if (known === 0) insertEdge(edges, node, word, nodes)
    return known || nodes++
  }

  function add(label: readonly number[], entry: LabelEntry): void {
    const [first = 0, second, ...rest] = label
    let node = firstOrNew(first)
    if (second !== undefined) {
      if (words.isCharacter(first) && words.isCharacter(second)) addPair(hanPairs, first, second)
      node = childOrNew(node, second)
    }
    for (const word of rest) node = childOrNew(node, word)
    entries.add(node, entry)
  }

  function build(): LabelTrie {
    const rows = entries.build(nodes)
    const marks = sealEdges([edges], nodes, (node) => rows.from[node] !== rows.from[node + 1])
    return {
      wordsOf: (key) => words.find(key),
      roots: Int32Array.from(roots, (node) => node | (marks[node] ?? 0)),
      edges,
      hanPairs,
      hanWords: words.characters(),
      entries: rows,
      nodes
    }
  }

  return {
    wordNumber: (key) => words.numberOf(key),
    alias: (key, word) => words.alias(key, word),
    derive: (lower, language, word) => words.derive(lower, language, word),
    add,
    build
  }
}

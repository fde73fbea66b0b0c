import { languages, type Language } from '@siku/contracts'
import { createEdgeTable } from './edge-table.ts'
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

export function createTrieBuilder(labelsExpected: number): TrieBuilder {
  const nodesExpected = Math.ceil(labelsExpected * nodesPerLabel) + 16
  const words = createWordTable()
  const edges = createEdgeTable(nodesExpected)
  const entries = createEntryTable(nodesExpected)
  let inner = new Uint8Array(nodesExpected)
  let nodes = 1

  function childOrNew(node: number, word: number): number {
    const known = edges.find(node, word)
    if (known !== 0) return known
    const child = nodes++
    if (nodes > inner.length) inner = grown(inner, new Uint8Array(inner.length * 2))
    edges.insert(node, word, child)
    inner[node] = 1
    return child
  }

  return {
    wordNumber: (key) => words.numberOf(key),
    alias: (key, word) => words.alias(key, word),
    derive: (lower, language, word) => words.derive(lower, language, word),
    add(label, entry) {
      let node = 0
      for (const word of label) node = childOrNew(node, word)
      entries.add(node, entry)
    },
    build: () => ({
      wordsOf: (key) => words.find(key),
      nodes,
      child: (node, word) => edges.find(node, word),
      hasChildren: (node) => inner[node] === 1,
      entriesAt: (node) => entries.at(node)
    })
  }
}

const none: readonly LabelEntry[] = []

/** What the nodes say, as chains of numbers; the objects are made when a text first meets a node. */
function createEntryTable(nodesExpected: number) {
  let first = new Int32Array(nodesExpected)
  let count = 0
  let chain = new Int32Array(nodesExpected * chainWidth)
  const made: (readonly LabelEntry[] | undefined)[] = []

  function add(node: number, entry: LabelEntry): void {
    if (node >= first.length) first = grown(first, new Int32Array(Math.max(node + 1, first.length * 2)))
    const language = languages.indexOf(entry.language)
    let last = 0
    for (let at = first[node] ?? 0; at !== 0; at = chain[at * chainWidth] ?? 0) {
      if (chain[at * chainWidth + 1] === entry.concept && (chain[at * chainWidth + 2] ?? 0) >> 1 === language) return
      last = at
    }
    const at = ++count
    if ((at + 1) * chainWidth > chain.length) chain = grown(chain, new Int32Array(chain.length * 2))
    chain[at * chainWidth + 1] = entry.concept
    chain[at * chainWidth + 2] = language * 2 + (entry.weak ? 1 : 0)
    if (last === 0) first[node] = at
    else chain[last * chainWidth] = at
  }

  function make(node: number): readonly LabelEntry[] {
    const list: LabelEntry[] = []
    for (let at = first[node] ?? 0; at !== 0; at = chain[at * chainWidth] ?? 0) {
      const marks = chain[at * chainWidth + 2] ?? 0
      const language: Language = languages[marks >> 1] ?? 'en'
      list.push({ concept: chain[at * chainWidth + 1] ?? 0, language, weak: (marks & 1) === 1 })
    }
    made[node] = list
    return list
  }

  return { add, at: (node: number): readonly LabelEntry[] => ((first[node] ?? 0) === 0 ? none : (made[node] ?? make(node))) }
}

/** Next of the chain, concept, language and weakness. */
const chainWidth = 3

function grown<T extends Int32Array | Uint8Array>(old: T, bigger: T): T {
  bigger.set(old)
  return bigger
}

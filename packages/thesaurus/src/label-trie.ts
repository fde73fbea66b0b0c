import type { LabelEntry, LabelTrie } from './types.ts'

/** A trie over numbered words; edges in one open-addressing table of typed arrays, so 100,000 labels stay small and quick. */
export type TrieBuilder = {
  wordNumber(key: string): number
  /** Another spelling that leads to the word. */
  alias(key: string, word: number): void
  add(words: readonly number[], entry: LabelEntry): void
  build(): LabelTrie
}

export function createTrieBuilder(): TrieBuilder {
  const words = new Map<string, number | number[]>()
  const numbers = new Map<string, number>()
  let edges = createEdgeTable(1 << 12)
  const entries: (LabelEntry[] | undefined)[] = [undefined]

  function wordNumber(key: string): number {
    const known = numbers.get(key)
    if (known !== undefined) return known
    const word = numbers.size + 1
    numbers.set(key, word)
    addTo(words, key, word)
    return word
  }

  function childOrNew(node: number, word: number): number {
    const known = edges.find(node, word)
    if (known !== 0) return known
    if (edges.size * 2 > edges.capacity) edges = edges.grown()
    const child = entries.push(undefined) - 1
    edges.insert(node, word, child)
    return child
  }

  return {
    wordNumber,
    alias: (key, word) => addTo(words, key, word),
    add(label, entry) {
      let node = 0
      for (const word of label) node = childOrNew(node, word)
      const at = (entries[node] ??= [])
      if (!at.some((other) => other.concept === entry.concept && other.language === entry.language)) at.push(entry)
    },
    build: () => freezeTrie(words, edges, entries)
  }
}

function addTo(words: Map<string, number | number[]>, key: string, word: number): void {
  const known = words.get(key)
  if (known === undefined) words.set(key, word)
  else if (typeof known === 'number') {
    if (known !== word) words.set(key, [known, word])
  } else if (!known.includes(word)) known.push(word)
}

function freezeTrie(words: Map<string, number | number[]>, edges: EdgeTable, entries: (LabelEntry[] | undefined)[]): LabelTrie {
  const inner = new Uint8Array(entries.length)
  edges.eachParent((node) => (inner[node] = 1))
  const none: readonly LabelEntry[] = []
  return {
    words,
    nodes: entries.length,
    child: (node, word) => edges.find(node, word),
    hasChildren: (node) => inner[node] === 1,
    entriesAt: (node) => entries[node] ?? none
  }
}

type EdgeTable = {
  size: number
  capacity: number
  find(node: number, word: number): number
  insert(node: number, word: number, child: number): void
  grown(): EdgeTable
  eachParent(visit: (node: number) => void): void
}

/** Child 0 means "no edge": nothing leads back to the root. */
function createEdgeTable(capacity: number): EdgeTable {
  const nodes = new Int32Array(capacity)
  const words = new Int32Array(capacity)
  const children = new Int32Array(capacity)
  const mask = capacity - 1

  function slotOf(node: number, word: number): number {
    let slot = (Math.imul(node, 0x9e3779b1) ^ Math.imul(word, 0x85ebca6b)) & mask
    while (children[slot] !== 0 && (nodes[slot] !== node || words[slot] !== word)) slot = (slot + 1) & mask
    return slot
  }

  const table: EdgeTable = {
    size: 0,
    capacity,
    find: (node, word) => children[slotOf(node, word)] ?? 0,
    insert(node, word, child) {
      const slot = slotOf(node, word)
      nodes[slot] = node
      words[slot] = word
      children[slot] = child
      table.size++
    },
    grown() {
      const bigger = createEdgeTable(capacity * 2)
      for (let slot = 0; slot < capacity; slot++) {
        const child = children[slot] ?? 0
        if (child !== 0) bigger.insert(nodes[slot] ?? 0, words[slot] ?? 0, child)
      }
      return bigger
    },
    eachParent(visit) {
      for (let slot = 0; slot < capacity; slot++) if (children[slot] !== 0) visit(nodes[slot] ?? 0)
    }
  }
  return table
}

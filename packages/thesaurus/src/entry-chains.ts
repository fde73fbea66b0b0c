import { languages } from '@siku/contracts'
import type { LabelEntry, LabelTrie } from './types.ts'

/** What nodes say while labels are filed: chains of next, concept and marks. */
export function createEntryChains(nodesExpected: number) {
  let first = new Int32Array(nodesExpected)
  let chain = new Int32Array(nodesExpected * chainWidth)
  let count = 0

  return {
    add(node: number, entry: LabelEntry): void {
      if (node >= first.length) first = grown(first, node * 2)
      const language = languages.indexOf(entry.language)
      let last = 0
      for (let at = first[node] ?? 0; at !== 0; at = chain[at * chainWidth] ?? 0) {
        if (chain[at * chainWidth + 1] === entry.concept && (chain[at * chainWidth + 2] ?? 0) >> 1 === language) return
        last = at
      }
      const at = ++count
      if ((at + 1) * chainWidth > chain.length) chain = grown(chain, chain.length * 2)
      chain[at * chainWidth + 1] = entry.concept
      chain[at * chainWidth + 2] = language * 2 + (entry.weak ? 1 : 0)
      if (last === 0) first[node] = at
      else chain[last * chainWidth] = at
    },
    /** The same row by row. */
    build(nodes: number): LabelTrie['entries'] {
      const rows = { from: new Int32Array(nodes + 1), concepts: new Int32Array(count), marks: new Uint8Array(count) }
      let filled = 0
      for (let node = 0; node < nodes; node++) {
        rows.from[node] = filled
        for (let at = first[node] ?? 0; at !== 0; at = chain[at * chainWidth] ?? 0) {
          rows.concepts[filled] = chain[at * chainWidth + 1] ?? 0
          rows.marks[filled++] = chain[at * chainWidth + 2] ?? 0
        }
      }
      rows.from[nodes] = filled
      return rows
    }
  }
}

const chainWidth = 3

function grown(old: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const bigger = new Int32Array(length)
  bigger.set(old)
  return bigger
}

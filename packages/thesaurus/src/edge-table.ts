/** Edges of a trie, (node, word) to child, in one open-addressing table: four numbers a slot, so that a look-up touches one cache line. */
export type EdgeTable = {
  /** The child, or 0 where there is none: nothing leads back to the root. */
  find(node: number, word: number): number
  insert(node: number, word: number, child: number): void
}

const slotWidth = 4

export function createEdgeTable(edgesExpected: number): EdgeTable {
  let capacity = 1 << 12
  while (capacity < edgesExpected * 2) capacity *= 2
  let table = new Int32Array(capacity * slotWidth)
  let size = 0

  function slotOf(node: number, word: number): number {
    const mixed = Math.imul(node, 0x9e3779b1) + Math.imul(word, 0x85ebca6b)
    let slot = (mixed ^ (mixed >>> 15)) & (capacity - 1)
    for (;;) {
      const at = slot * slotWidth
      if (table[at + 2] === 0 || (table[at] === node && table[at + 1] === word)) return at
      slot = (slot + 1) & (capacity - 1)
    }
  }

  function insert(node: number, word: number, child: number): void {
    if ((size + 1) * 2 > capacity) grow()
    const at = slotOf(node, word)
    table[at] = node
    table[at + 1] = word
    table[at + 2] = child
    size++
  }

  function grow(): void {
    const old = table
    capacity *= 2
    size = 0
    table = new Int32Array(capacity * slotWidth)
    for (let at = 0; at < old.length; at += slotWidth) {
      const child = old[at + 2] ?? 0
      if (child !== 0) insert(old[at] ?? 0, old[at + 1] ?? 0, child)
    }
  }

  return { find: (node, word) => table[slotOf(node, word) + 2] ?? 0, insert }
}

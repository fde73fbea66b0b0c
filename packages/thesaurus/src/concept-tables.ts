import type { Concept, Thesaurus } from './types.ts'

/** Lists of numbers, one for each of many things, in two arrays. */
export type Rows = { from: Int32Array; items: Int32Array }

export function rowsOf(lists: readonly (readonly number[])[]): Rows {
  const from = new Int32Array(lists.length + 1)
  lists.forEach((list, at) => (from[at + 1] = (from[at] ?? 0) + list.length))
  const items = new Int32Array(from[lists.length] ?? 0)
  lists.forEach((list, at) => items.set(list, from[at]))
  return { from, items }
}

/** Where each concept points, broader concepts first, as positions. */
export type ConceptTables = { targets: Rows; fieldOf: Int32Array; fieldCount: number }

const tables = new WeakMap<Thesaurus, ConceptTables>()

export function conceptTablesOf(thesaurus: Thesaurus): ConceptTables {
  const known = tables.get(thesaurus)
  if (known) return known
  const fields = new Map<string, number>()
  const numberOf = ({ field }: Concept): number => {
    const number = fields.get(field) ?? fields.size
    fields.set(field, number)
    return number
  }
  const fieldOf = Int32Array.from(thesaurus.concepts, numberOf)
  const targets = rowsOf(
    thesaurus.concepts.map(({ broader, relations }) =>
      [...broader, ...relations.map(({ target }) => target)].flatMap((id) => thesaurus.positions.get(id) ?? [])
    )
  )
  const made = { targets, fieldOf, fieldCount: fields.size }
  tables.set(thesaurus, made)
  return made
}

import { SearchQueryError } from './errors.ts'
import type { DocumentVector } from './search-document.ts'

/** The length of all given vectors; null where there is none. Written together they are of one space, and so of one length. */
export function oneLength(vectors: readonly (DocumentVector | undefined)[]): number | null {
  const [first, ...others] = vectors.filter((vector) => vector !== undefined)
  if (first === undefined) return null
  const { space, values } = first
  const other = others.find((vector) => vector.space !== space || vector.values.length !== values.length)
  if (values.length > 0 && other === undefined) return values.length
  const odd = other ?? first
  throw new SearchQueryError(
    `A vector of ${odd.values.length} numbers in space ${odd.space} came with those of ${values.length} in ${space}; ` +
      'what is written together must be of one space and one length, and not empty'
  )
}

import { createHash } from 'node:crypto'
import type { Collection } from './collection.ts'
import { CollectionError } from './errors.ts'

/** A third of all themes is kept untouched until the last run; chance chooses, not a person. */
export const isHeldOut = (theme: string): boolean => (createHash('sha256').update(theme).digest()[0] ?? 0) % 3 === 0

/** Stands for all held-out themes wherever a theme is named. */
export const heldOutName = 'held-out'

export type ThemeChoice = { themes?: readonly string[] | undefined; withoutThemes?: readonly string[] | undefined }

/** Needs of the themes asked for; the technologies all stay, for they are what must be told apart. */
export function chooseThemes(collection: Collection, { themes, withoutThemes }: ThemeChoice): Collection {
  if (themes === undefined && withoutThemes === undefined) return collection
  const known = collection.themes
  const wanted = themes === undefined ? null : expand(themes, known)
  const unwanted = expand(withoutThemes ?? [], known)
  const isChosen = (theme: string) => (wanted === null || wanted.has(theme)) && !unwanted.has(theme)
  const demands = collection.demands.filter(({ theme }) => isChosen(theme ?? ''))
  if (demands.length === 0) throw new CollectionError(`No need is left; the themes are ${known.join(', ')}.`)
  return { ...collection, demands }
}

function expand(names: readonly string[], known: readonly string[]): Set<string> {
  const chosen = new Set<string>()
  for (const name of names) {
    if (name === heldOutName) known.filter(isHeldOut).forEach((theme) => chosen.add(theme))
    else if (known.includes(name)) chosen.add(name)
    else
      throw new CollectionError(
        `There is no theme '${name}'; the themes are ${known.join(', ')}, and '${heldOutName}' stands for the third kept apart.`
      )
  }
  return chosen
}

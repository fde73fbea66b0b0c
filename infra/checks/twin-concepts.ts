import { languages, type Language } from '@siku/contracts'
import { loadThesaurus, type Concept, type Thesaurus } from '@siku/thesaurus'

/** Two concepts of different fields that are called the same in several languages: mostly one thing that was written twice. */
export type Twins = { ids: [string, string]; fields: [string, string]; same: Partial<Record<Language, string>>; isLinked: boolean }

const languagesMin = 3

/** Pairs by their preferred labels, those alike in most languages first. `isLinked`: one names the other, so the split is deliberate. */
export function twinConcepts({ concepts }: Thesaurus, min = languagesMin): Twins[] {
  const met = new Map<string, { pair: [Concept, Concept]; same: Partial<Record<Language, string>> }>()
  for (const language of languages) {
    const byLabel = new Map<string, Concept[]>()
    for (const concept of concepts) {
      const label = concept.labels[language]?.[0]?.normalize('NFKC').trim().toLowerCase()
      if (label === undefined) continue
      const others = byLabel.get(label) ?? []
      for (const other of others.filter(({ field }) => field !== concept.field)) {
        const key = `${other.id} ${concept.id}`
        const known = met.get(key) ?? { pair: [other, concept], same: {} }
        met.set(key, { ...known, same: { ...known.same, [language]: label } })
      }
      byLabel.set(label, [...others, concept])
    }
  }
  return [...met.values()]
    .filter(({ same }) => Object.keys(same).length >= min)
    .map(({ pair: [one, other], same }): Twins => ({
      ids: [one.id, other.id],
      fields: [one.field, other.field],
      same,
      isLinked: names(one, other) || names(other, one)
    }))
    .toSorted((a, b) => Object.keys(b.same).length - Object.keys(a.same).length || (a.ids.join(' ') < b.ids.join(' ') ? -1 : 1))
}

const names = ({ broader, relations }: Concept, { id }: Concept): boolean =>
  broader.includes(id) || relations.some(({ target }) => target === id)

// Run directly, it lists them for those who keep the vocabulary.
if (process.argv[1] === import.meta.filename) {
  const twins = twinConcepts(loadThesaurus())
  for (const { ids, fields, same, isLinked } of twins) {
    const labels = Object.entries(same).map(([language, label]) => `${language} ${label}`)
    console.log(`${ids.join(' = ')}\t${fields.join(', ')}\t${labels.length}${isLinked ? ' linked' : ''}\t${labels.join('; ')}`)
  }
  console.log(`${twins.length} pairs of concepts of different fields are called the same in ${languagesMin} languages or more`)
}

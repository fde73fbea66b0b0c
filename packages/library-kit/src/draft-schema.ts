import { draftOf, draftPatchOf, recordOf, type Draft, type Violation } from '@siku/contracts'
import type { TObject } from 'typebox'
import type { Library } from './define-library.ts'

type Schemas = { draft: TObject; patch: TObject; record: TObject }

const made = new WeakMap<Library, Schemas>()

/** The schemas of a library, made once: what is sent in, what patches it, what is given out. */
export function schemasOf(library: Library): Schemas {
  const known = made.get(library)
  if (known) return known
  const title = pascal(library.name)
  const draft = { ...draftOf(library.recordTypes, library.details, `${title}Draft`), $id: `${title}Draft` } as unknown as TObject
  const patch = { ...draftPatchOf(library.details, `${title}Patch`), $id: `${title}Patch` } as unknown as TObject
  const record = { ...recordOf(library.recordTypes, library.details, `${title}Record`), $id: `${title}Record` } as unknown as TObject
  const schemas = { draft, patch, record }
  made.set(library, schemas)
  return schemas
}

export const draftSchema = (library: Library): TObject => schemasOf(library).draft

/** What a schema cannot say of a draft: rules of the envelope, then those of the library; empty when it can be stored. */
export function draftViolations(library: Library, draft: Draft, today: string): Violation[] {
  return [...envelopeViolations(draft), ...library.check(draft as never, today)]
}

/** Rules of the envelope that a schema cannot say. */
function envelopeViolations(draft: Draft): Violation[] {
  const violations: Violation[] = []
  const own = draft.targetCountries?.indexOf(draft.country) ?? -1
  if (own >= 0)
    violations.push({
      pointer: `/targetCountries/${own}`,
      detail: `${draft.country} is the record’s own country; leave it out of the countries it is meant for`
    })
  const both = draft.targetCountries?.findIndex((country) => draft.excludedCountries?.includes(country)) ?? -1
  if (both >= 0) violations.push({ pointer: `/targetCountries/${both}`, detail: 'a country is either meant or excluded, not both' })
  const doubled =
    draft.translations?.findIndex((line, index) =>
      draft.translations?.some((other, before) => before < index && other.language === line.language)
    ) ?? -1
  if (doubled >= 0) violations.push({ pointer: `/translations/${doubled}`, detail: 'one translation a language; leave the second out' })
  const primaries = draft.classification?.filter((line) => line.isPrimary && line.scheme === 'beijing-high-precision') ?? []
  if (primaries.length > 1)
    violations.push({ pointer: '/classification', detail: 'one primary sector only; mark the others as not primary' })
  return violations
}

const pascal = (name: string) => name.replace(/(^|-)([a-z])/g, (_whole, _dash, letter: string) => letter.toUpperCase())

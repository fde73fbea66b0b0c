import { draftOf, type Draft } from '@siku/contracts'
import { DemandDetails, library as demands } from '@siku/cooperation-demand'
import { shanghaiDay, type Library } from '@siku/library-kit'
import { InstitutionDetails, library as institutions } from '@siku/platform-institutions'
import { ResultDetails, library as results } from '@siku/project-results'
import { library as technologies, TechnologyDetails } from '@siku/technology-reserve'
import type { Static, TObject } from 'typebox'
import { readLines, SampleInvalidError, type Line } from './read-lines.ts'
import { sampleLine, SampleContact, SampleOrganisation } from './sample-schema.ts'

type SampleLine = Static<ReturnType<typeof sampleLine>>

/** One record of the sample: whose it is, the day it was published, and the draft that was sent in. */
export type SampleRecord<D> = Omit<SampleLine, 'draft'> & { draft: Draft & { details: D } }

export type Sample = {
  organisations: SampleOrganisation[]
  technologies: SampleRecord<TechnologyDetails>[]
  demands: SampleRecord<DemandDetails>[]
  results: SampleRecord<ResultDetails>[]
  institutions: SampleRecord<InstitutionDetails>[]
  contacts: SampleContact[]
}

const sampleFolder = new URL('./', import.meta.url)

/** The demonstration sample as of a day: all of it invented, dates relative to `today`, every draft as its library would take it. */
export function loadSample(today: Date, folder: URL = sampleFolder): Sample {
  const organisations = readLines(new URL('organisations.jsonl', folder), SampleOrganisation, today)
  const owners = new Set(organisations.map(({ value }) => value.key))
  const read = <D>(library: Library, details: TObject) => readRecords<D>({ library, details, owners, today, folder })
  const sample = {
    organisations: organisations.map(({ value }) => value),
    technologies: read<TechnologyDetails>(technologies, TechnologyDetails),
    demands: read<DemandDetails>(demands, DemandDetails),
    results: read<ResultDetails>(results, ResultDetails),
    institutions: read<InstitutionDetails>(institutions, InstitutionDetails)
  }
  const contacts = readLines(new URL('contacts.jsonl', folder), SampleContact, today)
  refuseRepeated(organisations, ({ key }) => key)
  refuseRepeated(contacts, ({ library, record }) => `${library} ${record}`)
  return { ...sample, contacts: contacts.map(({ value }) => value) }
}

type Reading = { library: Library; details: TObject; owners: Set<string>; today: Date; folder: URL }

function readRecords<D>({ library, details, owners, today, folder }: Reading): SampleRecord<D>[] {
  const schema = sampleLine(draftOf(library.recordTypes, details, library.name))
  const lines = readLines(new URL(`${library.collection}.jsonl`, folder), schema, today) as unknown as Line<SampleRecord<D>>[]
  refuseRepeated(lines, ({ key }) => key)
  for (const { place, value } of lines) {
    if (!owners.has(value.organisation)) {
      throw new SampleInvalidError(`${place} names ${value.organisation}; it must be a key of organisations.jsonl.`)
    }
    const [fault] = library.check(value.draft as never, shanghaiDay(today))
    if (fault) throw new SampleInvalidError(`${place}, ${fault.pointer}: ${fault.detail}.`)
  }
  return lines.map(({ value }) => value)
}

function refuseRepeated<T>(lines: Line<T>[], keyOf: (value: T) => string): void {
  const places = new Map<string, string>()
  for (const { place, value } of lines) {
    const key = keyOf(value)
    const before = places.get(key)
    if (before !== undefined) throw new SampleInvalidError(`${place} repeats ${key} of ${before}; every key must be there once.`)
    places.set(key, place)
  }
}

import { Closed, CodeOf, CountryCode, Day, languages, libraryNames, ListOf, organisationTypes, Text } from '@siku/contracts'
import { Type, type Static, type TSchema } from 'typebox'

const Key = Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 64 })
const Name = Text(300)
const otherLanguages = languages.filter((language) => language !== 'zh' && language !== 'en')

export const SampleOrganisation = Closed({
  key: Key,
  name: Closed({ zh: Name, en: Name, ...Object.fromEntries(otherLanguages.map((language) => [language, Type.Optional(Name)])) }),
  type: CodeOf(organisationTypes),
  country: CountryCode,
  district: Type.Optional(Text(64)),
  unifiedSocialCreditCode: Type.Optional(Type.String({ pattern: '^[0-9A-Z]{18}$' })),
  noteReference: Type.Optional(Text(100, 'Number of the note that names the applicant; missions only'))
})
export type SampleOrganisation = Static<typeof SampleOrganisation>

export const SampleContact = Closed({
  library: CodeOf(libraryNames),
  record: Key,
  name: Text(200),
  position: Type.Optional(Text(200)),
  email: Type.String({ format: 'email', pattern: '@example\\.org$' }),
  phone: Type.String({ pattern: '^(\\+86 10 0000|\\+999 555) [0-9]{4}$', description: 'A form that no telephone network assigns' }),
  languages: ListOf(CodeOf(languages), 7)
})
export type SampleContact = Static<typeof SampleContact>

export const controlOutcomes = ['not-listed', 'free', 'restricted', 'prohibited', 'unassessed'] as const

const Letter = Closed({ number: Text(100), countries: ListOf(CountryCode, 60), validUntil: Day })

/** One line of a library's file, around the draft that the library itself defines. */
export const sampleLine = <D extends TSchema>(draft: D) =>
  Closed({
    key: Key,
    organisation: Key,
    published: Day,
    control: Type.Optional(CodeOf(controlOutcomes)),
    letter: Type.Optional(Letter),
    note: Type.Optional(Text(300, 'Why the line is there')),
    draft
  })

import { Type, type Static, type TObject, type TProperties } from 'typebox'
import { sourceChannels, visibilities } from '../codes.ts'
import { LanguageTag } from '../language.ts'
import { classOf, Closed, CodeOf, CountryCode, ListOf, Text, Uuid } from '../schema.ts'
import { Classification, Declarations, Regions, Translation } from './parts.ts'

/** The envelope: what every library, the index and the matcher understand. Text is stored exactly as sent. */
export const envelope = {
  sourceLanguage: LanguageTag,
  title: Text(256, 'In the language it was written in; at most 256 characters (code points)'),
  summary: Text(500, 'At most 500 characters'),
  description: Text(4000, 'Stand-alone description; at most 4,000 characters'),
  keywords: Type.Optional(ListOf(Text(100), 20)),
  country: CountryCode,
  classification: Type.Optional(ListOf(Classification, 40)),
  targetCountries: Type.Optional(ListOf(CountryCode, 60, 'Countries it is meant for; never one’s own')),
  targetRegions: Type.Optional(Regions),
  excludedCountries: Type.Optional(classOf('confidential', ListOf(CountryCode, 60, 'Countries whose readers may never see it'))),
  excludedOrganisations: Type.Optional(classOf('confidential', ListOf(Uuid, 50, 'Organisations that may never see it'))),
  visibility: CodeOf(visibilities),
  openForInterest: Type.Optional(Type.Boolean({ description: 'Published is not yet open for interest; default true' })),
  confidentialText: Type.Optional(classOf('confidential', Text(4000, 'Second tier: seen by owner and staff only'))),
  translations: Type.Optional(ListOf(Translation, 12)),
  declarations: Type.Optional(Declarations),
  sourceChannel: Type.Optional(CodeOf(sourceChannels))
}

export type Envelope = Static<TObject<typeof envelope>>

/** The draft of one library: record type, envelope, and the details only that library understands. */
export function draftOf<D extends TProperties>(recordTypes: readonly string[], details: TObject<D>, title: string) {
  return Closed({ recordType: CodeOf(recordTypes), ...envelope, details }, { title, description: 'Fields not listed here are refused.' })
}

/** A JSON Merge Patch (RFC 7396) of a draft: what is present replaces, null removes an optional field. `details` is replaced as a whole. */
export function draftPatchOf<D extends TProperties>(details: TObject<D>, title: string) {
  const nullable = Object.fromEntries(
    Object.entries(envelope).map(([name, schema]) => [name, Type.Optional(isOptional(schema) ? Type.Union([schema, Type.Null()]) : schema)])
  )
  return Closed({ ...nullable, details: Type.Optional(details) }, { title, minProperties: 1 })
}

const isOptional = (schema: object) => '~optional' in schema

/** A draft as verbs handle it: the envelope with details already validated by the library's own schema. */
export type Draft = { recordType: string; details: Record<string, unknown> } & Envelope

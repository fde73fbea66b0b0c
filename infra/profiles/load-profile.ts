import { isCountryCode, isVocabularyName, planRegions, vocabularies } from '@siku/contracts'
import { Priorities } from '@siku/matching'
import { readFileSync } from 'node:fs'
import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { City, Districts, Targets, type Profile } from './profile-schema.ts'

export class ProfileInvalidError extends Error {
  readonly code = 'SIKU_INFRA_PROFILE_INVALID'
}

const profilesFolder = new URL('./', import.meta.url)

/** Reads a city's profile and refuses it, naming file and place, where it does not fit its schema or contradicts itself. */
export function loadProfile(name: string, folder: URL = profilesFolder): Profile {
  if (!/^[a-z0-9-]+$/.test(name)) throw new ProfileInvalidError(`A profile is named by a folder such as "beijing", not "${name}".`)
  const read = <T extends TSchema>(file: string, schema: T) => readPart(new URL(`${name}/${file}`, folder), `${name}/${file}`, schema)
  const profile: Profile = {
    city: read('profile.json', City),
    districts: read('districts.json', Districts),
    targets: read('targets.json', Targets),
    priorities: read('priorities.json', Priorities)
  }
  const [fault] = contradictionsIn(profile)
  if (fault !== undefined) throw new ProfileInvalidError(`Profile ${name}: ${fault}`)
  return profile
}

function readPart<T extends TSchema>(url: URL, file: string, schema: T): Static<T> {
  const value = parseFile(url, file)
  if (Value.Check(schema, value)) return value
  const places = Value.Errors(schema, value).map(({ instancePath, message }) => `${instancePath || '/'} ${message}`)
  throw new ProfileInvalidError(`${file} does not fit its schema: ${places.slice(0, 5).join('; ')}.`)
}

function parseFile(url: URL, file: string): unknown {
  try {
    return JSON.parse(readFileSync(url, 'utf8'))
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new ProfileInvalidError(`${file} must be there and hold JSON: ${why}.`, { cause })
  }
}

const repeatedIn = (values: readonly string[]): string[] => values.filter((value, at) => values.indexOf(value) !== at)
const isCodeOf = (name: string, code: string): boolean => isVocabularyName(name) && Object.hasOwn(vocabularies[name].values, code)

const contradictionsIn = (profile: Profile): string[] => [
  ...cityFaults(profile),
  ...districtFaults(profile),
  ...targetFaults(profile),
  ...priorityFaults(profile)
]

function cityFaults({ city: { sectors } }: Profile): string[] {
  const { editions, current, survey } = sectors
  return [
    ...editions.filter((edition) => !isVocabularyName(edition)).map((edition) => `there is no vocabulary ${edition}`),
    ...[current, survey].filter((edition) => !editions.includes(edition)).map((edition) => `${edition} is not among its sector editions`)
  ]
}

function districtFaults({ city, districts: { districts } }: Profile): string[] {
  const divisions = districts.flatMap(({ gbt2260 }) => gbt2260 ?? [])
  const province = city.gbt2260.slice(0, 2)
  return [
    ...repeatedIn(districts.map(({ code }) => code)).map((code) => `district ${code} stands twice`),
    ...repeatedIn(divisions).map((code) => `GB/T 2260 code ${code} stands twice`),
    ...divisions.filter((code) => !code.startsWith(province)).map((code) => `district ${code} lies outside ${city.gbt2260}`)
  ]
}

function targetFaults({ city, targets: { targets }, priorities }: Profile): string[] {
  const plans = city.plans.map(({ code }) => code)
  return [
    ...repeatedIn(targets.map(({ code }) => code)).map((code) => `target ${code} stands twice`),
    ...[...targets, priorities].filter(({ plan }) => !plans.includes(plan)).map(({ plan }) => `plan ${plan} is not described`)
  ]
}

function priorityFaults({ priorities: { principles, fields, notCounted } }: Profile): string[] {
  const assigned = principles.flatMap((principle) => principle.planRegions)
  const countries = [...notCounted, ...fields.flatMap(({ namedCountries }) => namedCountries)]
  const classes = fields.flatMap((priority) => priority.fields.flatMap(({ codes }) => Object.entries(codes)))
  return [
    ...repeatedIn(principles.map(({ rank }) => String(rank))).map((rank) => `rank ${rank} is given to two principles`),
    ...repeatedIn([...principles, ...fields].map(({ code }) => code)).map((code) => `priority ${code} stands twice`),
    ...repeatedIn(assigned).map((region) => `region ${region} stands under two principles`),
    ...planRegions.filter((region) => !assigned.includes(region)).map((region) => `region ${region} stands under no principle`),
    ...countries.filter((country) => !isCountryCode(country)).map((country) => `there is no country ${country}`),
    ...classes.flatMap(([name, codes]) =>
      codes.filter((code) => !isCodeOf(name, code)).map((code) => `vocabulary ${name} has no code ${code}`)
    )
  ]
}

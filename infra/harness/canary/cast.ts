import { staffRoles, type Actor } from '@siku/contracts'
import { organisations, personOf, visitor, type HarnessOrganisation } from '../support/people.ts'
import type { Canary } from './open-canary.ts'
import type { TokenMaker } from './tokens.ts'

export type Cast = {
  owners: Record<'a' | 'b' | 'kenya' | 'institution', Actor>
  readers: Record<string, Actor>
  staff: Record<string, Actor>
  organisationOf: Record<string, HarnessOrganisation>
}

/** The owners' names are tokens themselves: records of theirs are public without them. */
export function castOf({ keyOf }: Canary, maker: TokenMaker): Cast {
  const named = (key: keyof typeof organisations) => {
    const of = organisations[key]
    return { ...of, name: maker.word({ kind: 'owner name', what: `name of ${key}`, ownerId: of.id }) }
  }
  const organisationOf = {
    a: named('a'),
    b: named('b'),
    kenya: named('kenya'),
    institution: named('institution'),
    pending: organisations.pending,
    france: organisations.france,
    commission: organisations.commission
  }
  const person = (name: string, of: keyof typeof organisationOf, role: Actor['roles'][number]) =>
    personOf({ name, of: organisationOf[of], roles: [role], keyOf })
  const owners = {
    a: person('owner', 'a', 'member'),
    b: person('another organisation', 'b', 'member'),
    kenya: person('mission of Kenya', 'kenya', 'mission-officer'),
    institution: person('institution editor', 'institution', 'institution-editor')
  }
  const readers = {
    visitor,
    pending: person('pending', 'pending', 'member'),
    france: person('mission of France', 'france', 'mission-officer'),
    administrator: person('own administrator', 'a', 'org-admin'),
    operator: person('operator', 'commission', 'operator')
  }
  const staff = Object.fromEntries([...staffRoles].map((role) => [role, person(role, 'commission', role)]))
  return { owners, readers, staff: { ...staff, second: person('second compliance', 'commission', 'compliance') }, organisationOf }
}

export const need = (staff: Record<string, Actor>, name: string): Actor => {
  const found = staff[name]
  if (!found) throw new Error(`nobody is ${name}`)
  return found
}

import type { Actor } from '@siku/contracts'

/** The public face of an object, as far as it decides who reads it. */
export type Face = {
  visibility: string
  control: string
  /** Countries of a letter of intent in force. */
  letters: readonly string[]
  excludedOrganisations: readonly string[]
  excludedCountries: readonly string[]
}

const withoutLetter = new Set(['not-listed', 'free', 'not-applicable'])

/**
 * Who may read a published object that is neither his own nor on his desk, said a second time and in other words than the product does,
 * so that the two can contradict each other.
 */
export function mayRead({ kind, organisationId, country, verified, foreign }: Actor, face: Face): boolean {
  const isVisitor = kind === 'anonymous'
  const isCleared = withoutLetter.has(face.control) || (face.control === 'restricted' && !isVisitor && face.letters.includes(country ?? ''))
  const isExcluded = face.excludedOrganisations.includes(organisationId ?? '') || face.excludedCountries.includes(country ?? '')
  if (!isCleared || isExcluded) return false
  switch (face.visibility) {
    case 'public-named':
    case 'public-anonymous':
      return true
    case 'network':
      return !isVisitor && verified
    case 'demand-side':
      return !isVisitor && verified && foreign
    default:
      return false
  }
}

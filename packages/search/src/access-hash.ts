import { createHash } from 'node:crypto'
import type { SearchAccess } from './search-document.ts'

/** Digest of who may see a record; the order in which countries and keys are listed does not count. */
export function accessHash(access: SearchAccess): string {
  const facts = [
    access.state,
    access.visibility,
    access.openForInterest,
    access.controlState,
    [...access.clearedCountries].sort(),
    access.ownerKey,
    [...access.excludedKeys].sort(),
    [...access.excludedCountries].sort(),
    access.validUntil
  ]
  return createHash('sha256').update(JSON.stringify(facts)).digest('base64url')
}

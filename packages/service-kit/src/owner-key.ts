import { createHmac, hkdfSync } from 'node:crypto'

/** The key that turns an organisation's id into what published rows carry, derived from the installation's secret (HKDF, RFC 5869). */
export const deriveOwnerKey = (secret: string): string =>
  Buffer.from(hkdfSync('sha256', secret, '', 'siku/organisation-key', 32)).toString('base64url')

/** HMAC-SHA-256 of an organisation id: the same in every process that was given the same key, and meaningless outside. */
export function ownerKeyWith(ownerKey: string): (organisationId: string) => string {
  const key = Buffer.from(ownerKey, 'base64url')
  return (organisationId) => createHmac('sha256', key).update(organisationId).digest('base64url')
}

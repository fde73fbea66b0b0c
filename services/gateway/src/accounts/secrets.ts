import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import { deriveOwnerKey, ownerKeyWith } from '@siku/service-kit'

/** What is sealed is bound to its purpose: a sealed TOTP secret cannot be passed off as a signing key. */
export type SealPurpose = 'totp' | 'signing-key' | 'oidc'

export type Secrets = {
  seal: (purpose: SealPurpose, text: string) => string
  /** Throws where the text was sealed for another purpose, under another secret, or was changed. */
  open: (purpose: SealPurpose, sealed: string) => string
  /** What published rows carry in place of an organisation's id. */
  organisationKey: (organisationId: string) => string
  /** Keyed, so that a dump of attempts does not tell which addresses were tried. */
  addressHash: (address: string) => string
  csrfOf: (token: string) => string
  cursorTag: (text: string) => string
}

const ivBytes = 12
const tagBytes = 16

/** Every key the gateway needs, derived from one secret (HKDF, RFC 5869), so that one setting has to be kept; the owner key may be given. */
export function createSecrets(secret: string, ownerKey: string = deriveOwnerKey(secret)): Secrets {
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, '', `siku/${purpose}`, 32))
  const sealing = derive('seal')
  const keyed = (purpose: string) => {
    const key = derive(purpose)
    return (text: string) => createHmac('sha256', key).update(text).digest('base64url')
  }
  return {
    seal: (purpose, text) => {
      const iv = randomBytes(ivBytes)
      const cipher = createCipheriv('aes-256-gcm', sealing, iv).setAAD(Buffer.from(purpose))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')
    },
    open: (purpose, sealed) => {
      const bytes = Buffer.from(sealed, 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(0, ivBytes), { authTagLength: tagBytes }).setAAD(
        Buffer.from(purpose)
      )
      decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes))
      return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]).toString('utf8')
    },
    organisationKey: ownerKeyWith(ownerKey),
    addressHash: keyed('address'),
    csrfOf: keyed('csrf'),
    cursorTag: keyed('cursor')
  }
}

/** A secret of 256 bits that is handed out once; only its hash is kept. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** For secrets that are random themselves; a person's password needs argon2id instead. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('base64url')

export function sameText(a: string, b: string): boolean {
  const [left, right] = [hashToken(a), hashToken(b)].map((hash) => Buffer.from(hash))
  return timingSafeEqual(left as Buffer, right as Buffer)
}

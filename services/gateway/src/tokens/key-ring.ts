import { createTokenSigner, publicKeySet, type SignToken } from '@siku/service-kit'
import type { JSONWebKeySet } from 'jose'
import { readSigningKeys, rotateSigningKey, type KeyContext, type StoredKey } from './signing-keys.ts'

/** The keys of this process's memory, read again from time to time so that all gateways sign and show the same. */
export type KeyRing = {
  keySet: () => JSONWebKeySet
  sign: SignToken
  /** Reads the keys again and rotates them when it is time. */
  refresh: () => Promise<void>
}

export async function openKeyRing(ctx: KeyContext): Promise<KeyRing> {
  let keys: StoredKey[] = []
  let shown: JSONWebKeySet = { keys: [] }
  const signers = new Map<string, SignToken>()

  const refresh = async () => {
    await rotateSigningKey(ctx)
    keys = await readSigningKeys(ctx)
    const next = publicKeySet(keys)
    if (JSON.stringify(next) !== JSON.stringify(shown)) shown = next
    for (const kid of signers.keys()) if (!keys.some((key) => key.kid === kid)) signers.delete(kid)
  }

  const signing = async (): Promise<SignToken> => {
    const now = ctx.now().getTime()
    const key = keys.find(({ signsFrom }) => Date.parse(signsFrom) <= now) ?? keys.at(-1)
    if (!key) throw new Error('There is no signing key; refresh the key ring first')
    const signer = signers.get(key.kid) ?? (await createTokenSigner({ key, now: ctx.now }))
    signers.set(key.kid, signer)
    return signer
  }

  await refresh()
  return { keySet: () => shown, refresh, sign: async (actor, audience) => (await signing())(actor, audience) }
}

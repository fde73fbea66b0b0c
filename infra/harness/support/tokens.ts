import { serviceIdentities, type Actor, type ServiceIdentity, type ServiceName } from '@siku/contracts'
import {
  createTokenSigner,
  createTokenVerifier,
  generateSigningKey,
  publicKeySet,
  type Issuer,
  type SignToken,
  type VerifyToken
} from '@siku/service-kit'

export type Tokens = {
  /** A good token of whoever may issue one for this actor. */
  sign: SignToken
  /** Issued so long ago that its life is over. */
  expired: SignToken
  /** Well made, with a key that nobody knows. */
  forged: SignToken
  verifierFor: (audience: ServiceName) => VerifyToken
}

/** Signs as the gateway does for people and keys, and as each background process does for itself. */
export async function openTokens(now: () => Date): Promise<Tokens> {
  const issuers: Issuer[] = ['gateway', ...serviceIdentities]
  const keys = await Promise.all(issuers.map(generateSigningKey))
  const signers = new Map(await Promise.all(keys.map(async (key) => [key.issuer, await createTokenSigner({ key, now })] as const)))
  const [gatewayKey] = keys
  if (!gatewayKey) throw new Error('there is no key of the gateway')
  const hourAgo = () => new Date(now().getTime() - 3_600_000)
  const signed = new Map<string, Promise<string>>()

  const signerOf = ({ kind, id }: Actor): SignToken => {
    const signer = signers.get(kind === 'service' ? (id as ServiceIdentity) : 'gateway')
    if (!signer) throw new Error(`nobody signs for ${id}`)
    return signer
  }
  return {
    sign: (actor, audience) =>
      remembered(signed, `${audience}\n${JSON.stringify([actor, now().getTime()])}`, () => signerOf(actor)(actor, audience)),
    expired: await createTokenSigner({ key: gatewayKey, now: hourAgo }),
    forged: await createTokenSigner({ key: await generateSigningKey('gateway'), now }),
    verifierFor: (audience) => rememberingVerifier(createTokenVerifier({ audience, keys: () => publicKeySet(keys), now }), now)
  }
}

/** Thousands of requests carry the same few tokens: a good one is checked once for each moment of the clock. */
function rememberingVerifier(verify: VerifyToken, now: () => Date): VerifyToken {
  const good = new Map<string, Promise<Actor>>()
  return (token) => remembered(good, `${now().getTime()} ${token}`, () => verify(token))
}

function remembered<T>(known: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const found = known.get(key) ?? make()
  known.set(key, found)
  return found
}

import { hash, verify } from '@node-rs/argon2'
import { PasswordWeak } from '../errors.ts'

export const passwordLengthMin = 12
export const passwordLengthMax = 256

/** argon2id (the library's default kind) as OWASP advises: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

// Hash of a random password nobody has: checking it takes as long as checking a real one.
const nobodysHash = '$argon2id$v=19$m=19456,t=2,p=1$NHPsuyAwLltBRJQphNxY8w$gmHLWc2Y3AIZkGoI2h4Mx4C+rt/QYkAj1+/A8Kww2B8'

export const hashPassword = (password: string): Promise<string> => hash(normalise(password), cost)

/** Takes the same time whether there is a hash or not, so that the time does not tell who has an account. */
export async function verifyPassword(passwordHash: string | null | undefined, password: string): Promise<boolean> {
  const right = await verify(passwordHash ?? nobodysHash, normalise(password))
  return right && typeof passwordHash === 'string'
}

/** The same password typed on two keyboards may arrive composed or decomposed (NIST SP 800-63B advises normalising). */
const normalise = (password: string) => password.normalize('NFKC')

const common = ['password', 'passwort', 'qwerty', '123456', 'abcdef', 'letmein', 'welcome', 'iloveyou', 'admin', 'siku']

/** Long rather than complicated; not made of the person's own address, of one character, or of what everybody tries first. */
export function assertPasswordFit(password: string, { email }: { email: string }): void {
  const length = [...password].length
  if (length < passwordLengthMin) throw weak(`must be at least ${passwordLengthMin} characters; this one has ${length}`)
  if (length > passwordLengthMax) throw weak(`must be at most ${passwordLengthMax} characters; this one has ${length}`)
  const plain = password.toLowerCase()
  const own = email.split('@')[0] ?? ''
  if (own.length >= 4 && plain.includes(own)) throw weak('must not contain your own address; choose other words')
  if (new Set(plain).size < 5) throw weak('repeats too few characters; a sentence of four or five words is good')
  const rest = common.reduce((text, word) => text.replaceAll(word, ''), plain).replaceAll(/[^\p{L}]/gu, '')
  if (rest.length === 0 && common.some((word) => plain.includes(word)))
    throw weak('is among the first that everybody tries; a sentence of four or five words is good')
}

const weak = (sentence: string) => PasswordWeak(sentence).with({ errors: [{ pointer: '/password', detail: sentence }] })

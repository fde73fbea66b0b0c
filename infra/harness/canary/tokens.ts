import { isStaff, type Actor } from '@siku/contracts'
import { randomBytes, randomInt, randomUUID } from 'node:crypto'

/** What a token stands for, and with it who may meet it again. */
export const tokenClasses = [
  'confidential',
  'contact',
  'closed file',
  'owner name',
  'return reason',
  'control note',
  'match note',
  'reason for reading',
  'uncleared',
  'public'
] as const
export type TokenClass = (typeof tokenClasses)[number]
export type Token = { text: string; what: string; kind: TokenClass; ownerId: string }

/** Makes tokens that occur nowhere else, and remembers what each stands for. */
export function tokenMaker() {
  const tokens: Token[] = []
  const keep = (text: string, about: Omit<Token, 'text'>) => {
    tokens.push({ ...about, text })
    return text
  }
  return {
    tokens,
    word: (about: Omit<Token, 'text'>) => keep(`cnry${lettersOf(randomBytes(14))}`, about),
    digits: (about: Omit<Token, 'text'>) => keep(`${randomInt(1e6, 1e7)}${randomInt(1e6, 1e7)}`, about),
    uuid: (about: Omit<Token, 'text'>) => keep(randomUUID(), about)
  }
}
export type TokenMaker = ReturnType<typeof tokenMaker>

/** Letters alone: digits among them would read as the designation of a product, and be matched by. */
const lettersOf = (bytes: Buffer) => [...bytes].map((byte) => 'bcdfghjklmnpqrst'.charAt(byte % 16)).join('')

const contactRoles = ['intake', 'match-officer', 'commission-admin']

/** Who may meet a token in an answer. */
export function mayMeet(actor: Actor, { kind, ownerId }: Token): boolean {
  const isOwn = actor.organisationId === ownerId
  switch (kind) {
    case 'public':
      return true
    case 'contact':
      return isOwn || contactRoles.some((role) => (actor.roles as string[]).includes(role))
    case 'control note':
    case 'match note':
      return isStaff(actor)
    case 'reason for reading':
      return false
    case 'uncleared':
      return isOwn || isStaff(actor) || actor.kind === 'service'
    default:
      return isOwn || isStaff(actor)
  }
}

/** Which of the tokens a text holds. */
export function tokensIn(text: string, tokens: readonly Token[]): Token[] {
  const folded = text.toLowerCase()
  return tokens.filter((token) => folded.includes(token.text))
}

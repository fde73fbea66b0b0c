import { doorRequest } from '../access/door-requests.ts'
import { doorTargets, type DoorTarget } from '../access/door-targets.ts'
import type { Door } from '../support/open-door.ts'
import { documentOf, operationsOf, type Operation } from '../support/openapi.ts'
import { organisations } from '../support/people.ts'
import { doorCallers, type DoorCallers } from './door-callers.ts'
import type { ForOperation } from './fuzz-all.ts'
import type { Fuzzing } from './fuzz-operation.ts'
import { knownObjects } from './known-objects.ts'
import type { Caller } from './requests.ts'
import { storedMark } from './stored-mark.ts'

const perKind = 12
const linksMade = 40
const everybody: readonly Caller[] = ['owner', 'owner', 'owner', 'reviewer', 'reviewer', 'visitor', 'member', 'key']
/** Where the question is how somebody gets in, those who have come half way ask too. */
const onTheWayIn: readonly Caller[] = ['visitor', 'owner', 'member', 'member', 'code needed', 'code needed', 'enrolment needed', 'key']
const isOnTheWayIn = /^\/v1\/(session|account|links)/

export type DoorFuzzing = Omit<Fuzzing, 'seed' | 'runs' | 'storedMark'> & {
  storedMark: () => Promise<string>
  callersOf: DoorCallers
  operations: Operation[]
  forOperation: ForOperation
}

/** What the fuzzer needs at the public door: callers of every kind, and for each operation objects that nobody has used up yet. */
export async function doorFuzzing(door: Door): Promise<DoorFuzzing> {
  const callersOf = await doorCallers(door)
  const make = objectsOf(door, callersOf)
  const document = documentOf(door.app)
  return {
    app: door.app,
    document,
    operations: withHeads(operationsOf(document)),
    known: knownObjects([]),
    goodFor: () => [],
    headersOf: callersOf.headersOf,
    storedMark: await storedMark(door),
    callersOf,
    forOperation: async (operation) => {
      const targets = await make(operation)
      const bodies = await goodBodies(door, callersOf, { operation, target: targets[0] })
      return {
        known: knownObjects(targets.length > 0 ? targets.map(toKnown) : [{ id: 'country', revision: 1, fileId: '' }]),
        goodFor: () => bodies,
        callers: isOnTheWayIn.test(operation.path) ? onTheWayIn : everybody
      }
    }
  }
}

/** What answers GET answers HEAD. */
const withHeads = (operations: readonly Operation[]): Operation[] =>
  operations.flatMap((one) => (one.method === 'GET' ? [one, { ...one, method: 'HEAD' }] : [one]))

const toKnown = ({ id }: DoorTarget) => ({ id, revision: 1, fileId: '' })

function objectsOf(door: Door, { who }: DoorCallers) {
  const make = doorTargets(door)
  const several = (one: () => Promise<DoorTarget>) => Promise.all(Array.from({ length: perKind }, one))
  const { a, b } = organisations
  const byPrefix: Record<string, () => Promise<readonly DoorTarget[]>> = {
    '/v1/users/{': async () => [
      ...(await several(() => make.user(a.id, 'active'))),
      await make.user(a.id, 'disabled'),
      await make.user(b.id, 'active')
    ],
    '/v1/keys/{': async () => [
      ...(await several(() => make.key(a.id, 'active'))),
      await make.key(a.id, 'revoked'),
      await make.key(b.id, 'active')
    ],
    '/v1/organisations/{': async () => [
      ...(
        await Promise.all((['pending', 'verified', 'suspended'] as const).map((state) => several(() => make.organisation(state))))
      ).flat(),
      await make.organisation('refused'),
      make.standing('a')
    ],
    '/v1/sessions/{': () => several(() => make.session(who.owner.actor.id))
  }
  return async ({ path }: Operation) => Object.entries(byPrefix).find(([prefix]) => path.startsWith(prefix))?.[1]() ?? []
}

type Wanted = { operation: Operation; target: DoorTarget | undefined }

/** Bodies that get far: what the access matrix sends, and with it what only those know who have a password, a code or a link. */
async function goodBodies(door: Door, callers: DoorCallers, { operation, target }: Wanted): Promise<unknown[]> {
  const { method, path, body } = operation
  if (body === undefined) return []
  const { password } = door
  const { code } = callers
  const { a } = organisations
  const another = 'eight green boats leave at dusk'
  const users = doorTargets(door)
  const knowing: Record<string, () => Promise<unknown[]>> = {
    '/v1/session': async () => ['member', 'code needed'].map((name) => ({ email: door.addressOf(name), password })),
    '/v1/session/code': async () => [{ code }],
    '/v1/account/totp/confirm': async () => [{ code }],
    '/v1/account/totp/disable': async () => [{ password, code }],
    '/v1/account/password': async () => [{ current: password, password: another }],
    '/v1/links/accept': async () =>
      (await callers.makeLinks(linksMade, { organisationId: a.id })).map((token) => ({ token, password: another })),
    '/v1/links/reset': async () => {
      const { id } = await users.user(a.id, 'active')
      return (await callers.makeLinks(linksMade, { organisationId: a.id, accountId: id })).map((token) => ({ token, password: another }))
    }
  }
  const plain = doorRequest({ method, url: path.replaceAll(/\{(\w+)\}/g, ':$1') }, target).body
  const known = (await knowing[path]?.()) ?? []
  return [...known, ...known, ...(plain === undefined ? [] : [plain])]
}

import type { Actor, LibraryName } from '@siku/contracts'
import { send, type Answer } from '../support/send.ts'
import { draftOf } from '../support/drafts.ts'
import { organisations, personOf } from '../support/people.ts'
import type { Places } from '../support/places.ts'
import { newId } from '@siku/service-kit'
import { cloneRecord } from './clone-record.ts'
import type { Face } from './may-read.ts'
import type { RecordStanding } from './state-classes.ts'

/** Something in the product that a caller may name: its own, another's, or none at all. */
export type Target = {
  name: string
  /** What stands for `:id` in a path. */
  id: string
  fileId: string
  revision: number
  /** Null for what does not exist. */
  ownerId: string | null
  state: string
  isLive: boolean
  /** Whether there is or was a public face, and what it lets others see now. */
  hasFace: boolean
  shown: Face | null
  /** A copy that a change may use up. */
  fresh: () => Promise<Target>
  /** A match that the owner of the technology sees. */
  isOpenToOwner?: boolean
}

export const networkFace: Face = {
  visibility: 'network',
  control: 'not-applicable',
  letters: [],
  excludedOrganisations: [],
  excludedCountries: []
}

export const absentTarget = (): Target => {
  const target: Target = {
    name: 'absent',
    id: newId(),
    fileId: newId(),
    revision: 1,
    ownerId: null,
    state: 'none',
    isLive: false,
    hasFace: false,
    shown: null,
    fresh: async () => target
  }
  return target
}

export type Base = { library: LibraryName; id: string; fileId: string; revision: number; reference: string; ownerId: string; author: Actor }

/** Posts one record through the real routes, with contact and file, so that everything else is a copy of something real. */
export async function postBase(places: Places, library: LibraryName, author: Actor): Promise<Base> {
  const { keyOf } = places
  const reviewer = personOf({ name: 'reviewer', of: organisations.commission, roles: ['reviewer'], keyOf })
  const path = `/v1/${places.library(library).collection}`
  const call = callerOf(places, library)
  const created = await call(author, 'POST', path, { body: draftOf(library, { country: author.country, targetCountries: [] }) })
  const id = String(created.body.id)
  const uploaded = await call(author, 'POST', `${path}/${id}/files?name=a.txt&title=a&confidentiality=public`, {
    body: Buffer.from('what others may read'),
    headers: { 'content-type': 'application/octet-stream' }
  })
  await call(author, 'PUT', `${path}/${id}/contact`, { body: { name: 'A person', email: 'person@example.org' } })
  // The file may tell its owner; only the owner can say that it does not.
  const { body: report } = await call(author, 'GET', `${path}/${id}/leaks`)
  const keys = (report['leaks'] as unknown as { key: string }[]).map(({ key }) => key)
  const confirmed = await call(author, 'PUT', `${path}/${id}/leaks`, { body: { keys }, headers: { 'if-match': `"r${report.revision}"` } })
  const submitted = await call(author, 'POST', `${path}/${id}/submit`, { headers: { 'if-match': `"r${confirmed.body.revision}"` } })
  const approved = await call(reviewer, 'POST', `${path}/${id}/approve`, { headers: { 'if-match': `"r${submitted.body.revision}"` } })
  return {
    library,
    id,
    fileId: String(uploaded.body.id),
    revision: Number(approved.body.revision),
    reference: String(created.body.reference),
    ownerId: author.organisationId ?? '',
    author
  }
}

type More = { body?: unknown; headers?: Record<string, string> }

/** Calls a service with a good token; anything but success is an error that tells all of it. */
export const callerOf =
  (places: Places, name: Parameters<Places['app']>[0]) =>
  async (actor: Actor, method: string, url: string, more: More = {}): Promise<Answer> => {
    const answer = await send(places.app(name), { method, url, token: await places.tokens.sign(actor, name), ...more })
    if (answer.status >= 300)
      throw new Error(`${method} ${url} by ${actor.roles.join()} was answered ${answer.status}: ${JSON.stringify(answer.body)}`)
    return answer
  }

/** A record in a given state with a given face. */
export async function recordTarget(
  places: Places,
  base: Base,
  { name, standing, face, isLive }: { name: string; standing: RecordStanding; face?: Face; isLive: boolean }
): Promise<Target> {
  const library = places.library(base.library)
  const make = async (): Promise<Target> => {
    const [id, fileId] = [newId(), newId()]
    await cloneRecord(
      { owner: places.owner, library, keyOf: places.keyOf },
      { id, fileId, base: base.id, standing, face: face ?? (standing.state === 'new' ? undefined : networkFace) }
    )
    const hasFace = standing.state !== 'new'
    return {
      name,
      id,
      fileId,
      revision: base.revision,
      ownerId: base.ownerId,
      state: `${standing.state}/${standing.working ?? 'none'}`,
      isLive,
      hasFace,
      shown: standing.state === 'published' ? (face ?? networkFace) : null,
      fresh: make
    }
  }
  return make()
}

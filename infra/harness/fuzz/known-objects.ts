import type { Answer } from '../support/send.ts'
import type { Pick } from './requests.ts'

export type Known = { id: string; revision: number; fileId: string }

/** The objects that the fuzzer knows of: those it began with, and all that answers have told since. */
export function knownObjects(first: readonly Known[]) {
  const objects = [...first]
  const byId = new Map(objects.map((one) => [one.id, one]))
  const max = 400

  const learn = (body: unknown): void => {
    if (typeof body !== 'object' || body === null) return
    const { id, revision, data } = body as { id?: unknown; revision?: unknown; data?: unknown }
    if (Array.isArray(data)) data.slice(0, 5).forEach(learn)
    if (typeof id !== 'string' || typeof revision !== 'number') return
    const found = byId.get(id)
    if (found) found.revision = revision
    else if (objects.length < max) {
      const one = { id, revision, fileId: first[0]?.fileId ?? '' }
      objects.push(one)
      byId.set(id, one)
    }
  }
  const find = (pick: Pick): Known | undefined => ('known' in pick ? objects[pick.known % objects.length] : undefined)
  return { learn: ({ status, body }: Answer) => void (status < 300 && learn(body)), find, count: () => objects.length }
}
export type KnownObjects = ReturnType<typeof knownObjects>

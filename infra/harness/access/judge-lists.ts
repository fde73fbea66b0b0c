import { isStaff } from '@siku/contracts'
import { send } from '../support/send.ts'
import type { Places } from '../support/places.ts'
import type { LibraryName } from '@siku/contracts'
import { mayRead } from './may-read.ts'
import type { Target } from './objects.ts'
import type { Principal } from './principals.ts'

type Shown = { id: string; kind?: string }

/** Lists and change feed must show each caller exactly those records that the caller could also get one by one. */
export async function judgeLists(
  places: Places,
  library: LibraryName,
  { principals, targets }: { principals: readonly Principal[]; targets: readonly Target[] }
): Promise<string[]> {
  const wrong: string[] = []
  const names = new Map(targets.map(({ id, name }) => [id, name]))
  for (const principal of principals.filter(({ isRefused, key }) => !isRefused && key !== 'nothing')) {
    const expected = targets
      .filter((target) => isListed(principal, target))
      .map(({ name }) => name)
      .toSorted()
    for (const path of ['', '/changes'] as const) {
      const shown = await shownIn(places, library, { principal, path })
      const found = shown
        .filter(({ kind }) => kind !== 'tombstone')
        .flatMap(({ id }) => names.get(id) ?? [])
        .toSorted()
      const more = found.filter((name) => !expected.includes(name))
      const less = expected.filter((name) => !found.includes(name))
      if (more.length + less.length > 0)
        wrong.push(`${path || 'list'} for ${principal.name}: too many ${more.join('; ') || 'none'}, too few ${less.join('; ') || 'none'}`)
    }
  }
  return wrong
}

function isListed({ actor }: Principal, { state, ownerId, shown }: Target): boolean {
  if (!state.startsWith('published/')) return false
  return actor.kind === 'service' || isStaff(actor) || actor.organisationId === ownerId || (shown !== null && mayRead(actor, shown))
}

async function shownIn(
  places: Places,
  library: LibraryName,
  { principal, path }: { principal: Principal; path: string }
): Promise<Shown[]> {
  const token = await principal.token(library)
  const shown: Shown[] = []
  for (let cursor: string | null | undefined = ''; cursor !== null && cursor !== undefined;) {
    const url: string = `/v1/${places.library(library).collection}${path}?limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`
    const { status, body } = await send(places.app(library), { method: 'GET', url, token })
    if (status !== 200) throw new Error(`${url} was answered ${status}`)
    const { data, next } = body as unknown as { data: Shown[]; next: string | null }
    shown.push(...data)
    // The feed gives a cursor for ever; an empty page is its end.
    cursor = data.length === 0 ? null : next
  }
  return shown
}

import { pause } from './clock.ts'

export type ChangePage<T> = { data?: { data: readonly T[]; next: string } }

export type FollowChangesOptions = {
  /** Where to go on: the cursor of the last batch that was dealt with; without it, from the beginning. */
  from?: string
  /** How long to wait when there is nothing new. */
  pauseMs?: number
  /** Ends the loop. */
  signal?: AbortSignal
}

/** One step along a feed. Keep `cursor` once the changes are dealt with: going on from it skips nothing. */
export type ChangeBatch<T> = { changes: readonly T[]; cursor: string }

/** Follows a change feed for as long as the signal allows, batch by batch, in the order the changes were committed. */
export async function* followChanges<T>(
  readPage: (cursor: string | undefined) => Promise<ChangePage<T>>,
  { from, pauseMs = 5_000, signal }: FollowChangesOptions = {}
): AsyncGenerator<ChangeBatch<T>, void, undefined> {
  let cursor = from
  while (!signal?.aborted) {
    const { data: page } = await readPage(cursor)
    if (page === undefined) return
    cursor = page.next
    if (page.data.length > 0) yield { changes: page.data, cursor }
    else await pause(pauseMs, signal).catch(() => undefined)
  }
}

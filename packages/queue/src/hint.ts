/** What travels: which work may be due. Losing it, doubling it or being late with it does no harm; the ledger knows. */
export type Hint = { kind: string; library: string | null; ids: string[] }

/** `index-technology-reserve` speaks of index work of that library, `match` of match work of any. */
export function hintFor(channel: string, ids: string[]): Hint {
  const dash = channel.indexOf('-')
  if (dash === -1) return { kind: channel, library: null, ids }
  return { kind: channel.slice(0, dash), library: channel.slice(dash + 1), ids }
}

export const idsPerHintMax = 1_000

export function hintsFor(channel: string, ids: readonly string[]): Hint[] {
  const hints: Hint[] = []
  for (let start = 0; start < ids.length; start += idsPerHintMax) hints.push(hintFor(channel, ids.slice(start, start + idsPerHintMax)))
  return hints
}

/** Another version of the program may have sent it, so nothing about it is taken for granted. */
export function idsOf(payload: unknown): string[] {
  const ids = typeof payload === 'object' && payload !== null && 'ids' in payload ? payload.ids : []
  return Array.isArray(ids) ? [...new Set(ids.filter((id) => typeof id === 'string'))] : []
}

import { libraryNames } from '@siku/contracts'
import { defineCommand, jsonOption, tableOf } from './command.ts'
import { finishWork, timeoutOf } from './finish-work.ts'
import { openDatabase } from './open-database.ts'
import { libraryOf } from './reindex.ts'
import type { DriftLine } from './reconcile/drift-line.ts'
import { reconcileEngine } from './reconcile/reconcile-engine.ts'
import { reconcileMatches } from './reconcile/reconcile-matches.ts'
import { reconcileRows } from './reconcile/reconcile-rows.ts'
import { thesaurusInForce } from './thesaurus-in-force.ts'

const waitMs = 600_000

export const command = defineCommand({
  summary: 'Holds what is derived against what is published, and mends what differs',
  follows: '[library]',
  followsMax: 1,
  more:
    'Compares published rows with their annotations and places in the feed, the stored matches with brute force, and, where MEILI_URL is set,\n' +
    'what Meilisearch itself says it holds. Embedded search is fed from the rows at every start and has nothing of its own to drift.\n' +
    'Exit code 1 where something had drifted.',
  options: {
    'no-wait': { type: 'boolean', description: 'Only owe what must be done again' },
    timeout: { type: 'string', value: 'SECONDS', description: 'Longest wait; 600 unless given' },
    json: jsonOption
  },
  run: async ({ values, positionals: [asked], opened, log, out, say }) => {
    const timeoutMs = timeoutOf(values.timeout, waitMs)
    const libraries = asked === undefined ? libraryNames : [libraryOf(asked)]
    const here = await openDatabase({ opened })
    const { edition } = await thesaurusInForce(here)
    const rows = await reconcileRows(here, libraries, edition)
    const engine = process.env.MEILI_URL
      ? await reconcileEngine({ opened, log }, here, { libraries, url: process.env.MEILI_URL })
      : undefined
    const matches = await reconcileMatches({ log }, here, libraries)
    const drifts = [...rows.drifts, ...(engine?.drifts ?? []), ...matches.drifts]
    if (rows.drifts.length + matches.drifts.length > 0 && !values['no-wait']) await finishWork({ log, say }, here, timeoutMs)
    const compared = { rows: rows.compared, index: engine?.compared ?? null, matches: matches.compared }
    if (values.json) out(JSON.stringify({ compared, drifts, repairedInIndex: engine?.repaired ?? 0 }))
    else for (const line of answer(compared, drifts, values['no-wait'] ?? false)) out(line)
    return drifts.length > 0 ? 1 : 0
  }
})

function answer(
  { rows, index, matches }: { rows: number; index: number | null; matches: number },
  drifts: readonly DriftLine[],
  isOwedOnly: boolean
): string[] {
  const compared = `${rows} rows${index === null ? '' : `, ${index} documents of Meilisearch`} and the matches of ${matches} records compared`
  if (drifts.length === 0) return [`${compared}: no drift.`]
  return [
    `${compared}: ${drifts.length} drifted, ${isOwedOnly ? 'and were mended or are owed their work again' : 'and were mended'}:`,
    ...tableOf(drifts.map(({ what, library, id, kind }) => [what, library, id, kind]))
  ]
}

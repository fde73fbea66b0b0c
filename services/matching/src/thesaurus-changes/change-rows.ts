import { pageLimitDefault } from '@siku/contracts'
import { editionNumbers, editionRows, type EditionRow, type Tx } from '@siku/db'
import { NotFound, type Context } from '@siku/service-kit'
import { faultsOfChange, type OverlayChange, type Thesaurus } from '@siku/thesaurus'
import { sql } from 'drizzle-orm'
import { ChangeInvalid, EditionElsewhere } from '../errors.ts'
import { readCursor, writeCursor } from '../review/cursor.ts'
import { instant } from '../review/match-rows.ts'
import type { ChangeBody, ChangesQuery, ThesaurusChange } from './change-schemas.ts'
import { pointerOf, readChangeBody, remedyOf } from './read-change-body.ts'

type Row = Omit<ThesaurusChange, 'proposed' | 'reviewed'> & {
  proposedBy: string
  proposedAt: string
  reviewedBy: string | null
  reviewedAt: string | null
  note: string | null
}

const columns = sql`id, change, note, state, revision, proposed_by as "proposedBy", ${instant(sql`proposed_at`)} as "proposedAt",
  reviewed_by as "reviewedBy", ${instant(sql`reviewed_at`)} as "reviewedAt", reason, edition`

const toChange = ({ proposedBy, proposedAt, reviewedBy, reviewedAt, note, change, ...row }: Row): ThesaurusChange => ({
  ...row,
  change: { ...change, ...(note === null ? {} : { note }) },
  proposed: { by: proposedBy, at: proposedAt },
  reviewed: reviewedBy === null || reviewedAt === null ? null : { by: reviewedBy, at: reviewedAt }
})

export async function listChanges(
  ctx: Context,
  { state, cursor, limit = pageLimitDefault }: ChangesQuery
): Promise<{ data: ThesaurusChange[]; next: string | null }> {
  const list = ['thesaurus-changes', state]
  const after = readCursor(list, 'string', cursor)
  return ctx.db.withRead(ctx.actor, async (tx) => {
    const rows = await tx.execute<Row>(sql`
      select ${columns} from matching.thesaurus_change where true ${state ? sql`and state = ${state}` : sql``}
        ${after ? sql`and (proposed_at, id) > (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
      order by proposed_at, id limit ${limit + 1}`)
    const page = [...rows].slice(0, limit)
    const last = page.at(-1)
    return { data: page.map(toChange), next: rows.length > limit && last ? writeCursor(list, [last.proposedAt, last.id]) : null }
  })
}

export async function getChange(tx: Tx, id: string): Promise<ThesaurusChange> {
  const [row] = await tx.execute<Row>(sql`select ${columns} from matching.thesaurus_change where id = ${id}::uuid`)
  if (!row) throw NotFound()
  return toChange(row)
}

// Any number: changes are approved and published one after another, for each builds on the ones before.
const changeLock = 721_004_554
export const lockChanges = (tx: Tx): Promise<unknown> => tx.execute(sql`select pg_advisory_xact_lock(${changeLock})`)

export type Standing = { newest: EditionRow | undefined; published: OverlayChange[]; approved: { id: string; change: OverlayChange }[] }

/** What the next edition would be without one more change. Refused where staff changed other shipped files than these. */
export async function readStanding(tx: Tx, shipped: Thesaurus): Promise<Standing> {
  const { newest } = await editionNumbers(tx)
  const [row] = await editionRows(tx, [newest])
  if (row && row.base !== shipped.edition) throw EditionElsewhere(row.edition, shipped.edition)
  const rows = await tx.execute<{ id: string; change: ChangeBody }>(
    sql`select id, change from matching.thesaurus_change where state = 'approved' order by place`
  )
  const approved = [...rows].map(({ id, change }) => ({ id, change: readChangeBody(change) }))
  return { newest: row, published: (row?.changes ?? []) as OverlayChange[], approved }
}

/** Refuses what the check of the files would refuse, with a pointer into the proposal and what would be right. */
export function refuseFaults(body: ChangeBody, { published, approved }: Standing, shipped: Thesaurus): void {
  const before = [...published, ...approved.map(({ change }) => change)]
  const faults = faultsOfChange(shipped, before, readChangeBody(body))
  if (faults.length === 0) return
  const errors = faults.map((fault) => ({ pointer: pointerOf(fault, body), detail: `${fault.fault}. ${remedyOf(fault)}` }))
  throw ChangeInvalid(errors.length, faults[0]?.fault ?? '').with({ errors })
}

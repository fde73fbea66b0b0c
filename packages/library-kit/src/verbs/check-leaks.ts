import { writeAudit } from '@siku/db'
import { and, eq } from 'drizzle-orm'
import type { LibraryContext } from '../context.ts'
import type { Library } from '../define-library.ts'
import { LeakUnknown, NothingWorking } from '../errors.ts'
import type { Leak } from '../leaks/find-identity-leaks.ts'
import { findWorkingLeaks } from '../leaks/find-working-leaks.ts'
import { authorise, expectRevision, getRow, getVersion, lockRow, subjectOf } from '../load-record.ts'
import { updateRow } from '../change-record.ts'
import type { Step } from '../move-working-version.ts'

export type LeakReport = { leaks: (Leak & { confirmed: boolean })[]; open: number; revision: number }

/** Passages of the working version that may tell who the owner is, and which of them the author confirmed as harmless. */
export async function checkLeaks(ctx: LibraryContext, library: Library, id: string): Promise<LeakReport> {
  return ctx.db.withRead(ctx.actor, async (tx) => {
    const row = await getRow(tx, library, id)
    authorise(ctx.actor, 'record.read-working', await subjectOf(tx, library, row))
    if (row.workingVersion === null) throw NothingWorking('check')
    const working = await getVersion(tx, library, row.id, row.workingVersion)
    return report(await findWorkingLeaks(tx, library, { row, working }), working.confirmedLeaks, row.revision)
  })
}

/** Confirms passages by their keys: they tell nothing about the owner. Keys that name no passage are refused. */
export async function confirmLeaks(
  ctx: LibraryContext,
  library: Library,
  { id, revision, keys }: Step & { keys: string[] }
): Promise<LeakReport> {
  const { version } = library.tables
  return ctx.db.withTx(ctx.actor, async (tx) => {
    const row = await lockRow(tx, library, id)
    authorise(ctx.actor, 'record.edit', await subjectOf(tx, library, row))
    expectRevision(row, revision)
    if (row.workingVersion === null) throw NothingWorking('confirm')
    const working = await getVersion(tx, library, row.id, row.workingVersion)
    const leaks = await findWorkingLeaks(tx, library, { row, working })
    refuseUnknown(keys, leaks)
    const confirmedLeaks = [...new Set([...working.confirmedLeaks, ...keys])]
    await tx
      .update(version)
      .set({ confirmedLeaks })
      .where(and(eq(version.recordId, row.id), eq(version.version, working.version)))
    const changed = await updateRow(tx, ctx, library, { row, columns: {} })
    await writeAudit(tx, ctx.actor, { action: 'record.confirm-leaks', library: library.name, recordId: row.id, detail: { keys } })
    return report(leaks, confirmedLeaks, changed.revision)
  })
}

function refuseUnknown(keys: readonly string[], leaks: readonly Leak[]): void {
  const errors = keys.flatMap((key, index) =>
    leaks.some((leak) => leak.key === key) ? [] : [{ pointer: `/keys/${index}`, detail: 'names no passage of the draft as it is now' }]
  )
  if (errors.length > 0) throw LeakUnknown(errors.length).with({ errors })
}

function report(leaks: Leak[], confirmed: readonly string[], revision: number): LeakReport {
  const lines = leaks.map((leak) => ({ ...leak, confirmed: confirmed.includes(leak.key) }))
  return { leaks: lines, open: lines.filter((line) => !line.confirmed).length, revision }
}

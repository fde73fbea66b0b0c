import { controlSentence, ControlDecision, isStaff, visibleFieldClasses } from '@siku/contracts'
import { and, desc, eq, isNotNull } from 'drizzle-orm'
import type { LibraryContext } from '../context.ts'
import type { Library } from '../define-library.ts'
import { authorise, getRow, subjectOf } from '../load-record.ts'
import { projectFields } from '../project-fields.ts'
import type { LibraryTables } from '../tables.ts'

/**
 * Control decisions of a record, newest first, each with the fields its reader sees: staff everything, the owner those in force or
 * superseded, without persons and notes.
 */
export async function listControlDecisions(ctx: LibraryContext, library: Library, id: string): Promise<ControlDecision[]> {
  const { controlDecision } = library.tables
  return ctx.db.withRead(ctx.actor, async (tx) => {
    const row = await getRow(tx, library, id)
    authorise(ctx.actor, 'control.read', await subjectOf(tx, library, row))
    const lines = await tx
      .select()
      .from(controlDecision)
      .where(and(eq(controlDecision.recordId, row.id), isStaff(ctx.actor) ? undefined : isNotNull(controlDecision.confirmedAt)))
      .orderBy(desc(controlDecision.assessedAt))
    const classes = visibleFieldClasses(ctx.actor, row.ownerOrganisationId)
    return lines.map((line) => projectFields(ControlDecision, toDecision(line), classes).value as ControlDecision)
  })
}

const toDecision = (line: LibraryTables['controlDecision']['$inferSelect']): ControlDecision => ({
  id: line.id,
  version: line.version,
  state: line.state,
  edition: line.edition,
  sentence: controlSentence(line.state, line.letter),
  letter: line.letter,
  note: line.note,
  assessedBy: line.assessedBy,
  assessedAt: line.assessedAt.toISOString(),
  confirmedBy: line.confirmedBy,
  confirmedAt: line.confirmedAt?.toISOString() ?? null,
  withdrawnAt: line.withdrawnAt?.toISOString() ?? null
})

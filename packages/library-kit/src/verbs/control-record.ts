import { nextState, controlTable, type ControlEvent, type ControlState } from '@siku/contracts'
import type { Tx } from '@siku/db'
import { and, eq, isNull } from 'drizzle-orm'
import { changeRecord } from '../change-record.ts'
import { shanghaiDay, type LibraryContext } from '../context.ts'
import type { Library } from '../define-library.ts'
import { AssessmentOutdated, AssessmentPending, LetterNeeded, NothingToConfirm, NotInState, SecondPersonNeeded } from '../errors.ts'
import { getVersion } from '../load-record.ts'
import type { Step } from '../move-working-version.ts'
import type { LetterOfIntent, RecordRow, VersionRow } from '../tables.ts'
import type { RecordView } from '../to-record.ts'

export type Assessment = { state: ControlState; edition?: string; note?: string; letter?: LetterOfIntent }

const eventFor = (state: ControlState): ControlEvent =>
  state === 'not-applicable' ? 'not-applicable' : (`assess-${state}` as ControlEvent)

/** First person of two: says what the record is under export control. Nothing changes until another person confirms. */
export async function assessControl(
  ctx: LibraryContext,
  library: Library,
  { id, revision, ...assessment }: Step & Assessment
): Promise<RecordView> {
  return changeRecord(ctx, library, {
    id,
    revision,
    action: 'control.assess',
    detail: { state: assessment.state },
    change: async ({ tx, row }) => {
      if (!nextState(controlTable, row.controlState, eventFor(assessment.state)))
        throw NotInState(`assess as ${assessment.state}`, row.controlState, 'another assessment')
      refuseLetter(ctx, assessment)
      if (await openDecision(tx, library, row)) throw AssessmentPending()
      const { version, hash } = await assessedVersion(tx, library, row)
      await tx.insert(library.tables.controlDecision).values({
        id: ctx.newId(),
        recordId: row.id,
        version,
        hash,
        state: assessment.state,
        edition: assessment.edition ?? null,
        note: assessment.note ?? null,
        letter: assessment.letter ?? null,
        assessedBy: ctx.actor.id,
        assessedAt: ctx.now()
      })
      return {}
    }
  })
}

/** Second person: the assessment takes effect. Who assessed may not confirm. */
export async function confirmControl(ctx: LibraryContext, library: Library, { id, revision }: Step): Promise<RecordView> {
  return changeRecord(ctx, library, {
    id,
    revision,
    action: 'control.confirm',
    change: async ({ tx, row }) => {
      const decision = await openDecision(tx, library, row)
      if (!decision) throw NothingToConfirm()
      if (decision.assessedBy === ctx.actor.id) throw SecondPersonNeeded()
      const { version, hash } = await assessedVersion(tx, library, row)
      if (decision.version !== version || decision.hash !== hash) throw AssessmentOutdated()
      const { controlDecision } = library.tables
      await tx.update(controlDecision).set({ confirmedBy: ctx.actor.id, confirmedAt: ctx.now() }).where(eq(controlDecision.id, decision.id))
      return { controlState: decision.state, clearedCountries: lettersInForce(decision.letter, shanghaiDay(ctx.now())) }
    }
  })
}

/** Takes an assessment back before it is confirmed. */
export async function withdrawAssessment(ctx: LibraryContext, library: Library, { id, revision }: Step): Promise<RecordView> {
  return changeRecord(ctx, library, {
    id,
    revision,
    action: 'control.assess',
    detail: { event: 'withdraw' },
    change: async ({ tx, row }) => {
      const decision = await openDecision(tx, library, row)
      if (!decision) throw NothingToConfirm()
      const { controlDecision } = library.tables
      await tx.update(controlDecision).set({ withdrawnAt: ctx.now() }).where(eq(controlDecision.id, decision.id))
      return {}
    }
  })
}

/** The text a clearance is for: what readers would see, and before anything is published the draft. */
const assessedVersion = (tx: Tx, library: Library, row: RecordRow): Promise<VersionRow> =>
  getVersion(tx, library, row.id, row.publishedVersion ?? row.workingVersion ?? 1)

const clearances: readonly ControlState[] = ['not-listed', 'free', 'restricted']

/** A clearance was given to one text; another text starts where its owner's records start. */
export const stateForOtherText = (library: Library, row: RecordRow): ControlState =>
  clearances.includes(row.controlState) ? library.controlStateFor(row.owner) : row.controlState

async function openDecision(tx: Tx, library: Library, row: RecordRow) {
  const { controlDecision } = library.tables
  const open = and(eq(controlDecision.recordId, row.id), isNull(controlDecision.confirmedAt), isNull(controlDecision.withdrawnAt))
  const [decision] = await tx.select().from(controlDecision).where(open).for('update')
  return decision
}

function refuseLetter(ctx: LibraryContext, { state, letter }: Assessment): void {
  if (letter === undefined) return
  const today = shanghaiDay(ctx.now())
  if (state !== 'restricted' || letter.validUntil < letter.validFrom || letter.validUntil < today) {
    throw LetterNeeded().with({
      errors: [{ pointer: '/letter', detail: 'only with `restricted`; validUntil after validFrom and not in the past' }]
    })
  }
}

export function lettersInForce(letter: LetterOfIntent | null, today: string): string[] {
  return letter && letter.validFrom <= today && today <= letter.validUntil ? letter.countries : []
}

import { nextState, workingVersionTable, type Draft, type WorkingState } from '@siku/contracts'
import { changeRecord, type Standing } from '../change-record.ts'
import type { LibraryContext } from '../context.ts'
import type { Library } from '../define-library.ts'
import { IdentityLeak, NotDeclared, NothingWorking, StateSecretRefused } from '../errors.ts'
import { findIdentityLeaks } from '../leaks/find-identity-leaks.ts'
import { isLive, notInState } from '../load-record.ts'
import type { RecordView } from '../to-record.ts'
import { refuseViolations } from './create-record.ts'

export type Step = { id: string; revision: number }

/** Hands the draft to staff: complete, declared, and with every passage that may tell the owner removed or confirmed. */
export async function submitVersion(ctx: LibraryContext, library: Library, { id, revision }: Step): Promise<RecordView> {
  return changeRecord(ctx, library, {
    id,
    revision,
    action: 'record.submit',
    show: 'newest',
    change: async (standing) => {
      const working = requireWorking(standing, 'submit')
      const to = nextState(workingVersionTable, working.state, 'submit')
      if (!to) throw notInState(standing.row, 'submit')
      refuseViolations(library, working.draft, ctx)
      refuseUndeclared(working.draft)
      refuseLeaks(library, standing)
      await setWorkingState(standing, library, to)
      return { workingState: to, submittedAt: ctx.now(), returnReasons: [] }
    }
  })
}

/** Takes a submitted version back before anybody has taken it. */
export async function recallVersion(ctx: LibraryContext, library: Library, { id, revision }: Step): Promise<RecordView> {
  return changeRecord(ctx, library, {
    id,
    revision,
    action: 'record.submit',
    show: 'newest',
    change: async (standing) => {
      const working = requireWorking(standing, 'recall')
      const to = nextState(workingVersionTable, working.state, 'recall')
      if (!to) throw notInState(standing.row, 'recall')
      await setWorkingState(standing, library, to)
      return { workingState: to }
    }
  })
}

export function requireWorking({ row, working }: Standing, event: string) {
  if (!isLive(row)) throw notInState(row, event)
  if (!working) throw NothingWorking(event)
  return working
}

export async function setWorkingState({ tx, row }: Standing, library: Library, state: WorkingState): Promise<void> {
  await library.statements.updateVersion(tx, { recordId: row.id, version: row.workingVersion ?? 0 }, { state })
}

const declarations = ['nonConfidential', 'rightToDisclose', 'noStateSecret', 'accuracy'] as const

function refuseUndeclared(draft: Draft): void {
  if (draft.declarations?.noStateSecret === false) throw StateSecretRefused()
  const missing = declarations.filter((name) => draft.declarations?.[name] !== true)
  if (missing.length === 0) return
  throw NotDeclared(missing.join(', ')).with({
    errors: missing.map((name) => ({ pointer: `/declarations/${name}`, detail: 'must be true' }))
  })
}

function refuseLeaks(library: Library, { row, working }: Standing): void {
  if (!working || working.draft.visibility === 'public-named' || working.draft.visibility === 'staff') return
  const open = findIdentityLeaks(library, row.owner, working.draft).filter((leak) => !working.confirmedLeaks.includes(leak.key))
  if (open.length === 0) return
  const errors = open.map(({ pointer, kind, excerpt, key }) => ({
    pointer,
    detail: `${kind}: “${excerpt}”; remove it, or confirm it by its key ${key}`
  }))
  throw IdentityLeak(open.length).with({ errors })
}

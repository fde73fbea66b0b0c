import type { Draft } from '@siku/contracts'
import type { LibraryContext } from '../context.ts'
import type { Library } from '../define-library.ts'
import { IdentityLeak, NotDeclared, StateSecretRefused } from '../errors.ts'
import { findWorkingLeaks } from '../leaks/find-working-leaks.ts'
import { moveWorkingVersion, type Step, type WorkingStanding } from '../move-working-version.ts'
import type { RecordView } from '../to-record.ts'
import { refuseViolations } from './create-record.ts'

/** Hands the draft to staff: complete, declared, and with every passage that may tell the owner removed or confirmed. */
export async function submitVersion(ctx: LibraryContext, library: Library, step: Step): Promise<RecordView> {
  return moveWorkingVersion(ctx, library, step, {
    event: 'submit',
    action: 'record.submit',
    change: async (standing) => {
      const { draft } = standing.working
      refuseViolations(library, draft, ctx)
      refuseUndeclared(draft)
      await refuseLeaks(library, standing)
      return { submittedAt: ctx.now(), returnReasons: [] }
    }
  })
}

/** Takes a submitted version back before anybody has taken it. */
export async function recallVersion(ctx: LibraryContext, library: Library, step: Step): Promise<RecordView> {
  return moveWorkingVersion(ctx, library, step, { event: 'recall', action: 'record.submit', change: () => ({}) })
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

async function refuseLeaks(library: Library, { tx, row, working }: WorkingStanding): Promise<void> {
  if (working.draft.visibility === 'public-named' || working.draft.visibility === 'staff') return
  const leaks = await findWorkingLeaks(tx, library, { row, working })
  const open = leaks.filter((leak) => !working.confirmedLeaks.includes(leak.key))
  if (open.length === 0) return
  const errors = open.map(({ pointer, kind, excerpt, key }) => ({
    pointer,
    detail: `${kind}: “${excerpt}”; remove it, or confirm it by its key ${key}`
  }))
  throw IdentityLeak(open.length).with({ errors })
}

import { problemResponses, refTo, requireIfMatch, type Service } from '@siku/service-kit'
import type { TSchema } from 'typebox'
import type { LibraryContext } from '../context.ts'
import { schemasOf } from '../draft-schema.ts'
import type { Step } from '../move-working-version.ts'
import type { RecordView } from '../to-record.ts'
import { assessControl, confirmControl, withdrawAssessment } from '../verbs/control-record.ts'
import { archiveRecord, confirmRecord, mergeRecord, pauseRecord, resumeRecord, setInterest, withdrawRecord } from '../verbs/move-record.ts'
import { approveVersion, returnVersion, takeVersion } from '../verbs/review-version.ts'
import { recallVersion, submitVersion } from '../verbs/submit-version.ts'
import { idOf, sendRecord, type RouteKit } from './route-kit.ts'
import { AssessBody, IdParams, InterestBody, MergeBody, Reasons } from './schemas.ts'

type Verb<B> = (ctx: LibraryContext, library: RouteKit['library'], step: Step & B) => Promise<RecordView>
type StepRoute = { path: string; action: string; summary: string; body?: TSchema; verb: Verb<never> }

const step = <B>(path: string, action: string, summary: string, { verb, body }: { verb: Verb<B>; body?: TSchema }): StepRoute => ({
  path,
  action,
  summary,
  verb: verb as Verb<never>,
  ...(body === undefined ? {} : { body })
})

/** Every step of a record through its states: one line each, all under If-Match. */
const steps: readonly StepRoute[] = [
  step('submit', 'record.submit', 'Hand the draft to staff', { verb: submitVersion }),
  step('recall', 'record.submit', 'Take a submitted version back', { verb: recallVersion }),
  step('take', 'record.take', 'Take a submitted version in review', { verb: takeVersion }),
  step('return', 'record.return', 'Send it back to its author with reasons', { verb: returnVersion, body: Reasons }),
  step('approve', 'record.approve', 'Publish the working version', { verb: approveVersion }),
  step('pause', 'record.pause', 'Hide it for a while', { verb: pauseRecord }),
  step('resume', 'record.pause', 'Show it again', { verb: resumeRecord }),
  step('confirm', 'record.confirm', 'Say that it still holds; its clock starts anew', { verb: confirmRecord }),
  step('withdraw', 'record.withdraw', 'Withdraw it for good', { verb: withdrawRecord }),
  step('archive', 'record.archive', 'Archive it', { verb: archiveRecord }),
  step('merge', 'record.merge', 'End it in favour of another record', { verb: mergeRecord, body: MergeBody }),
  step('interest', 'record.pause', 'Open or close it for interest', { verb: setInterest, body: InterestBody }),
  step('control/assess', 'control.assess', 'Assess it under export control; takes effect when another person confirms', {
    verb: assessControl,
    body: AssessBody
  }),
  step('control/confirm', 'control.confirm', 'Confirm another person’s assessment', { verb: confirmControl }),
  step('control/withdraw', 'control.assess', 'Take an unconfirmed assessment back', { verb: withdrawAssessment })
]

export function stepRoutes(app: Service, { library, write, ctxOf }: RouteKit): void {
  const { record } = schemasOf(library)
  const tags = [library.collection]
  for (const { path, action, summary, body, verb } of steps) {
    const operationId = `${path.replace('/', '_')}_${library.collection}`
    const schema = {
      operationId,
      tags,
      summary,
      params: IdParams,
      ...(body === undefined ? {} : { body }),
      response: { 200: refTo(record), ...problemResponses(412, 422, 428) }
    }
    app.post(`/:id/${path}`, { config: write(action), schema }, async (request, reply) => {
      const input = { ...(request.body as object | undefined), id: idOf(request), revision: requireIfMatch(request) }
      return sendRecord(reply, await verb(ctxOf(request), library, input as never))
    })
  }
}

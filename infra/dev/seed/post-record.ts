import { collectionOf, type Actor, type LibraryName } from '@siku/contracts'
import { expectOk, type CallService } from './call-service.ts'

export type Posted = { id: string; reference: string; revision: number; version: number }
export type Posting = { library: LibraryName; draft: unknown; author: Actor; reviewer: Actor; idempotencyKey?: string }

/** A posting as two people make it through the real routes: draft, submission, approval. */
export async function postRecord(call: CallService, posting: Posting): Promise<Posted> {
  const submitted = await submitRecord(call, posting)
  return step(call, { ...posting, actor: posting.reviewer, record: submitted, name: 'approve' })
}

/** The part of a posting that leaves it waiting for a reviewer. */
export async function submitRecord(call: CallService, { library, draft, author, idempotencyKey }: Posting): Promise<Posted> {
  const path = `/v1/${collectionOf[library]}`
  const drafted = await expectOk(
    call<Posted>({
      actor: author,
      service: library,
      method: 'POST',
      path,
      body: draft,
      ...(idempotencyKey === undefined ? {} : { idempotencyKey })
    }),
    `Storing a draft in ${library}`
  )
  return step(call, { library, actor: author, record: drafted, name: 'submit' })
}

export type StepOf = { library: LibraryName; actor: Actor; record: Posted; name: string; body?: unknown }

/** One step of a record under the revision at hand. */
export async function step(call: CallService, { library, actor, record, name, body }: StepOf): Promise<Posted> {
  return expectOk(
    call<Posted>({
      actor,
      service: library,
      method: 'POST',
      path: `/v1/${collectionOf[library]}/${record.id}/${name}`,
      revision: record.revision,
      ...(body === undefined ? {} : { body })
    }),
    `${name} of ${record.reference}`
  )
}

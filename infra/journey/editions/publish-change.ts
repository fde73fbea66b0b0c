import { createMatching } from '@siku/matching'
import { newId, systemNow, TokenInvalid } from '@siku/service-kit'
import { testActors } from '@siku/testing'
import type { Test } from 'tap'
import { log, type startProcesses } from './start-processes.ts'

/** Proposes, approves and publishes as three people, over HTTP. */
export async function publishChange(t: Test, { db, thesaurus }: ReturnType<typeof startProcesses>, change: object): Promise<void> {
  const verifyToken = async (token: string) =>
    (testActors as Record<string, typeof testActors.intake>)[token] ?? Promise.reject(TokenInvalid('?'))
  const app = await createMatching({ db, thesaurus, log, verifyToken, now: systemNow, newId, strictResponses: true })
  const call = async (who: string, url: string, payload?: object, headers: Record<string, string> = {}) => {
    const answer = await app.inject({
      method: 'POST',
      url,
      headers: { authorization: `Bearer ${who}`, ...headers },
      ...(payload ? { payload } : {})
    })
    return { status: answer.statusCode, body: answer.json<{ id: string }>() }
  }
  const proposed = await call('intake', '/v1/thesaurus/changes', change)
  const path = `/v1/thesaurus/changes/${proposed.body.id}/approve`
  const approved = await call('reviewer', path, undefined, { 'if-match': '"r1"' })
  const published = await call('seniorReviewer', '/v1/thesaurus/editions')
  t.same([proposed.status, approved.status, published.status], [201, 200, 201])
  await app.close()
}

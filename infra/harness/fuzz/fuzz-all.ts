import type { Test } from 'tap'
import { operationsOf, type Operation } from '../support/openapi.ts'
import { send } from '../support/send.ts'
import { fuzzOperation, newTally, type Fuzzing, type Tally } from './fuzz-operation.ts'

/** What nobody caught in this process since it began. */
export const uncaught: unknown[] = []
for (const event of ['uncaughtException', 'unhandledRejection'] as const) process.on(event, (error: unknown) => void uncaught.push(error))

/** What is other for one operation than for all: its objects, its bodies, who asks. */
export type ForOperation = (operation: Operation) => Promise<Partial<Fuzzing>>
type Over = { operations?: readonly Operation[]; forOperation?: ForOperation }

/** So many requests to every operation of a document. */
export async function fuzzAll(t: Test, fuzzing: Fuzzing, over: Over = {}): Promise<Tally> {
  const { seed, runs } = fuzzing
  const tally = newTally()
  const { operations = operationsOf(fuzzing.document), forOperation } = over
  const started = performance.now()
  for (const operation of operations) await fuzzOperation({ ...fuzzing, ...(await forOperation?.(operation)) }, operation, tally)
  t.comment(
    `seed ${seed}: ${operations.length} operations, ${tally.requests} requests in ${Math.round(performance.now() - started)} ms, slowest ${Math.round(tally.slowestMs)} ms, ${JSON.stringify(tally.statuses)}`
  )
  t.ok(tally.requests >= operations.length * runs || tally.findings.length > 0, `${runs} requests to each operation`)
  t.same(tally.findings, [], 'every answer is documented, and none is a fault of ours')
  t.ok((tally.statuses[200] ?? 0) + (tally.statuses[201] ?? 0) > tally.requests / 50, 'and many requests got through')
  t.equal((await send(fuzzing.app, { method: 'GET', url: '/health/live' })).status, 200, 'the process lives')
  t.same(uncaught, [], 'no error went uncaught')
  return tally
}

import type { Test } from 'tap'
import type { Bench } from './bench.ts'

/** One rule of a library as an example: what the draft says, and which field is refused; without a pointer it is taken. */
export type RuleExample = {
  says: string
  details?: Record<string, unknown>
  over?: Record<string, unknown>
  pointer?: string
  status?: number
  detail?: RegExp
}

/** Holds the examples against the library's own route: refused with pointer and sentence and not stored, or taken as sent. */
export async function ruleTable(t: Test, bench: Bench, examples: readonly RuleExample[]): Promise<void> {
  const { call, draft, author, counts, fixture } = bench
  for (const { says, details = {}, over = {}, pointer, status = 422, detail = /.{10}/ } of examples) {
    const before = await counts()
    const sent = draft({ ...over, details: { ...fixture.draft.details, ...details } })
    const answer = await call({ actor: author, method: 'POST', body: sent })
    if (pointer === undefined) {
      t.equal(answer.status, 201, `${says}: ${JSON.stringify(answer.body)}`)
      t.same(answer.body.details, sent['details'], `${says}: as sent`)
      continue
    }
    t.equal(answer.status, status, `${says}: ${JSON.stringify(answer.body)}`)
    const error = answer.body.errors?.find((line: { pointer: string }) => line.pointer === pointer)
    t.match(error?.detail, detail, `${says} points at ${pointer}: ${JSON.stringify(answer.body.errors)}`)
    t.same(await counts(), before, `${says}: nothing is stored`)
  }
}

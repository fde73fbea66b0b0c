import type { DeclineCode } from '@siku/contracts'

/**
 * What a decision says about the fit itself. A partner that is not available, a budget or a law is no word about relevance, so such
 * rejections teach nothing; null marks them.
 */
const byCode: Record<DeclineCode, false | null> = {
  'too-early-stage': false,
  'benefit-unclear': false,
  'commercial-route-unclear': false,
  'scientific-issue': false,
  'not-in-scope': false,
  'standards-or-certification': false,
  'description-unclear': null,
  'already-have-solution': null,
  budget: null,
  timing: null,
  language: null,
  'country-policy': null,
  'export-control': null,
  'party-risk': null,
  'no-reply': null,
  duplicate: null,
  other: null
}

export type Judged = { event: string; code: DeclineCode | null }

/** Whether the pair was found relevant; undefined where the decision does not say. */
export function findRelevance({ event, code }: Judged): boolean | undefined {
  if (event === 'approve') return true
  if (event !== 'reject' || code === null) return undefined
  return byCode[code] ?? undefined
}

import type { Actor } from '@siku/contracts'
import { expectOk, type CallService } from '../seed/call-service.ts'
import type { PostedSample } from '../seed/post-sample.ts'
import { stories } from '../sample/stories.ts'

type Line = {
  id: string
  band: string
  state: string
  scoreMillionths: number
  flags: { uncleared: boolean }
  demand: { title: string; country: string | null }
  technology: { title: string }
}
type Whole = Line & { explanation: { headline: string; reasons: string[]; missing: string[]; against: string | null } }

const shown = 3

/** For three demands in three languages: the ranked technologies with their reasons, in the language of the demand. */
export async function showStories(
  call: CallService,
  officer: Actor,
  { records }: PostedSample,
  say: (line: string) => void
): Promise<void> {
  for (const { demand, language } of stories) {
    const posted = records.get(demand)
    if (!posted) throw new Error(`The sample has no demand ${demand}`)
    const list = await expectOk(
      call<{ data: Line[] }>({
        actor: officer,
        service: 'matching',
        path: `/v1/matches?demand=${posted.id}&lang=${language}&limit=${shown}`
      }),
      `Listing the matches of ${posted.reference}`
    )
    say(`\n${posted.reference}  [${language}]  ${list.data[0]?.demand.title ?? '(no technology fits; it stands in the gap list)'}`)
    for (const [index, line] of list.data.entries()) await showMatch(call, officer, { line, rank: index + 1, language, say })
  }
}

type Shown = { line: Line; rank: number; language: string; say: (line: string) => void }

async function showMatch(call: CallService, officer: Actor, { line, rank, language, say }: Shown): Promise<void> {
  const match = await expectOk(
    call<Whole>({ actor: officer, service: 'matching', path: `/v1/matches/${line.id}?lang=${language}` }),
    'Reading a match'
  )
  const strength = (match.scoreMillionths / 1_000_000).toFixed(2)
  say(`  ${rank}. ${strength} ${match.band}  ${line.technology.title}${line.flags.uncleared ? '  (blocked: assess first)' : ''}`)
  for (const reason of match.explanation.reasons.slice(0, 4)) say(`       + ${reason}`)
  for (const missing of match.explanation.missing.slice(0, 2)) say(`       ? ${missing}`)
  if (match.explanation.against) say(`       − ${match.explanation.against}`)
}

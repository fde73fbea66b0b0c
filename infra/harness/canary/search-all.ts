import type { Actor } from '@siku/contracts'
import { visitor, type HarnessOrganisation } from '../support/people.ts'
import type { Cast } from './cast.ts'
import type { Canary } from './open-canary.ts'
import type { TokenMaker } from './tokens.ts'

/** Search through the public door, as a visitor and as people who signed in. */
export async function searchAll(canary: Canary, maker: TokenMaker, cast: Cast): Promise<{ name: string; actor: Actor; text: string }[]> {
  const { owners, readers, organisationOf } = cast
  const people = Object.entries({ a: owners.a, b: owners.b, kenya: owners.kenya, france: readers.france as Actor }).map(
    ([name, actor]) => ({
      actor,
      organisation: organisationOf[name] as HarnessOrganisation,
      email: `${name}@example.org`
    })
  )
  await canary.seat(people)
  const titles = maker.tokens.filter(({ kind }) => kind === 'uncleared' || kind === 'public').map(({ text }) => text)
  const heard: { name: string; actor: Actor; text: string }[] = []
  const visitors: { name: string; actor: Actor; cookie?: string }[] = [{ name: 'visitor', actor: visitor }]
  for (const { actor, email } of people) visitors.push({ name: email, actor, cookie: await canary.signIn(email) })
  for (const { name, actor, cookie } of visitors) {
    for (const q of ['', '淡化', 'desalination', ...titles]) {
      const { status, text, head } = await canary.knock(`/v1/search?q=${encodeURIComponent(q)}&limit=100`, cookie)
      if (status !== 200) throw new Error(`searching was answered ${status}: ${text}`)
      // The query itself is told back by nobody: what is found must come from a record.
      heard.push({ name, actor, text: text + head })
    }
  }
  return heard
}

import type { Actor } from '@siku/contracts'
import { renderDossierPage, type Dossier } from '@siku/matching'
import { writeFileSync } from 'node:fs'
import { stories } from '../sample/stories.ts'
import { expectOk, type CallService } from '../seed/call-service.ts'
import type { PostedSample } from '../seed/post-sample.ts'
import { dossierLines, paperOf } from './dossier-lines.ts'

type Shown = { call: CallService; officer: Actor; sample: PostedSample; say: (line: string) => void; file: string }

/** The last page of the demonstration: one whole dossier, in the terminal and as a page that stands alone. */
export async function showDossier({ call, officer, sample, say, file }: Shown): Promise<void> {
  const [story] = stories
  const posted = story && sample.records.get(story.demand)
  if (!story || !posted) throw new Error('The sample has no demand whose dossier could be shown')
  const { language } = story
  const dossier = await expectOk(
    call<Dossier>({ actor: officer, service: 'matching', path: `/v1/dossiers/${posted.id}?lang=${language}` }),
    `Reading the dossier of ${posted.reference}`
  )
  say('')
  for (const line of dossierLines(dossier, paperOf(process.stdout))) say(line)
  writeFileSync(file, renderDossierPage(dossier, language))
  say(`\nThe same as a page to open in a browser or to print: ${file}`)
}

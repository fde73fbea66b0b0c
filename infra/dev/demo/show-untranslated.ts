import { collectionOf, type Actor, type LibraryName, type Reading } from '@siku/contracts'
import { loadSample } from '../sample/load-sample.ts'
import { expectOk, type CallService } from '../seed/call-service.ts'
import type { PostedSample } from '../seed/post-sample.ts'
import { memberOf } from '../seed/sample-actors.ts'

type Line = { library: LibraryName; id: string; reference: string; title: string; language: string }
type Shown = {
  call: CallService
  officer: Actor
  sample: PostedSample
  keyOf: (organisationId: string) => string
  today: Date
  say: (line: string) => void
}

/** What is in a language nobody here reads: staff list it, and its own page tells its owner what to do. */
export async function showUntranslated({ call, officer, sample, keyOf, today, say }: Shown): Promise<void> {
  const { data } = await expectOk(
    call<{ data: Line[] }>({ actor: officer, service: 'matching', path: '/v1/pipeline/needs-translation' }),
    'Listing what needs a translation'
  )
  const { demands, organisations } = loadSample(today)
  for (const { library, id, reference, title, language } of data) {
    const record = demands.find(({ key }) => sample.records.get(key)?.id === id)
    const organisation = organisations.find(({ key }) => key === record?.organisation)
    if (!organisation) continue
    const { reading } = await expectOk(
      call<{ reading?: Reading }>({
        actor: memberOf(organisation, keyOf),
        service: library,
        path: `/v1/${collectionOf[library]}/${id}`
      }),
      `Reading ${reference} as its owner`
    )
    say(`\n${reference}  [${language}]  ${title}`)
    say(`  its owner reads: ${reading?.advice ?? ''}`)
  }
}

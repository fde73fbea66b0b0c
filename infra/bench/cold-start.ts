import type { Thesaurus } from '@siku/thesaurus'
import { Writable } from 'node:stream'
import { copyOut } from './copy-out.ts'
import type { CorpusDatabase } from './corpus-database.ts'
import { openMatchingContext } from './matching-context.ts'
import { printTimes, printVerdicts, ratioOf, takeTimes } from './timed-rounds.ts'

const columns = `d.library, d.id, d.version, d.revision, d.hash, d.tombstone, d.state, d.visibility, d.open_for_interest, d.control_state,
  d.cleared_countries, d.owner_key, d.excluded_keys, d.excluded_countries, d.country, d.valid_until, d.published_at, d.text, d.position,
  a.annotation, a.edition, d.changed_at`

/** P13: a matcher that starts reads everything published into its postings; the reference sends the same columns and reads nothing. */
export async function benchColdStart(
  corpus: CorpusDatabase,
  { thesaurus, rounds }: { thesaurus: Thesaurus; rounds: number }
): Promise<void> {
  const { urls, technologies, needs } = corpus
  const sendAll = () =>
    copyOut(
      urls.owner,
      `copy (select ${columns} from published.document d join published.annotation a on a.id = d.id and a.version = d.version
        order by d.library, d.position) to stdout`,
      new Writable({ write: (_chunk, _encoding, done) => done() })
    )
  const start = async () => {
    const { context, close } = openMatchingContext(urls.service('matching'), thesaurus)
    await context.copy.catchUp()
    await close()
    const read = context.copy.all('technology').length + context.copy.all('demand').length
    if (read !== technologies + needs) throw new Error(`${read} of ${technologies + needs} records were read`)
  }
  const timed = await takeTimes(
    [
      { name: 'COPY TO STDOUT of the columns', run: sendAll },
      { name: 'cold start of the postings', run: start }
    ],
    { rounds, clock: corpus.clock }
  )
  const [reference, ours] = timed
  printTimes(`P13 cold start, ${technologies} technologies and ${needs} needs`, timed)
  const goal = { atMost: 3 }
  printVerdicts([
    { id: 'P13', ratio: ratioOf(ours, reference, 'processorMs'), against: 'COPY TO STDOUT, by processor time', goal },
    { id: 'P13', ratio: ratioOf(ours, reference, 'wallMs'), against: 'COPY TO STDOUT, by elapsed time', goal }
  ])
}

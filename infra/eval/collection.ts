import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Type, type Static, type TSchema } from 'typebox'
import { readDossierCollection, type DossierCollection } from './dossier-collection.ts'
import { CollectionError } from './errors.ts'
import { readParallelTexts } from './parallel-texts.ts'
import { namesOf, readJudgements, type Judgements } from './read-judgements.ts'
import { readJsonLines, refuseRepeated } from './read-lines.ts'

const Text = Type.String()
const Maybe = <T extends TSchema>(type: T) => Type.Optional(Type.Union([type, Type.Null()]))

/** A technology, or a text of any kind that is indexed beside them as noise. */
export const TechnologyLine = Type.Object({
  id: Type.String({ minLength: 1 }),
  theme: Maybe(Text),
  lang: Maybe(Text),
  title: Maybe(Text),
  summary: Maybe(Text),
  description: Maybe(Text),
  text: Maybe(Text),
  advantages: Maybe(Text),
  keywords: Maybe(Type.Array(Text)),
  sector: Maybe(Text),
  stage: Maybe(Text),
  cooperationModes: Maybe(Type.Array(Text)),
  targetRegions: Maybe(Type.Array(Text)),
  organization: Maybe(Type.Object({ name: Maybe(Text), type: Maybe(Text), district: Maybe(Text) }))
})
export type TechnologyLine = Static<typeof TechnologyLine>

export const DemandLine = Type.Object({
  id: Type.String({ minLength: 1 }),
  /** What several demands have in common that say the same in several languages. */
  need: Maybe(Text),
  theme: Maybe(Text),
  lang: Text,
  title: Text,
  description: Maybe(Text),
  keywords: Maybe(Type.Array(Text)),
  sector: Maybe(Text),
  country: Maybe(Text),
  submitter: Maybe(Type.Object({ type: Maybe(Text), name: Maybe(Text) })),
  cooperationModes: Maybe(Type.Array(Text)),
  minStage: Maybe(Text),
  deadline: Maybe(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}' }))
})
export type DemandLine = Static<typeof DemandLine>

export type Collection = {
  technologies: TechnologyLine[]
  demands: DemandLine[]
  judgements: Judgements
  /** How many of the technologies are noise; they stand last. */
  distractors: number
  /** All themes of the collection, also those whose needs were left out. */
  themes: string[]
  dossier: DossierCollection | null
}

type Own = Omit<Collection, 'distractors' | 'themes'>

/** A folder of the format, or a table of parallel texts (`….tsv`). */
export function readCollection(place: string, { distractors }: { distractors?: string | undefined } = {}): Collection {
  if (!existsSync(place)) throw new CollectionError(`There is no folder ${place}.`)
  const noise = distractors === undefined ? [] : readJsonLines(distractors, TechnologyLine)
  const own = place.endsWith('.tsv') ? readParallelTexts(place) : readFolder(place)
  refuseRepeated([...own.technologies, ...noise], 'technology')
  refuseRepeated(own.demands, 'demand')
  const themes = [...new Set(own.demands.flatMap(({ theme }) => theme || []))].toSorted()
  return { ...own, technologies: [...own.technologies, ...noise], distractors: noise.length, themes }
}

function readFolder(folder: string): Own {
  const technologies = readJsonLines(join(folder, 'technologies.jsonl'), TechnologyLine)
  const demands = readJsonLines(join(folder, 'demands.jsonl'), DemandLine)
  const judgements = readJudgements(join(folder, 'qrels.tsv'), {
    demands: namesOf(demands),
    judged: new Set(technologies.map(({ id }) => id)),
    kind: { noun: 'technology', absent: 'which technologies.jsonl does not have' }
  })
  return { technologies, demands, judgements, dossier: readDossierCollection(folder, demands) }
}

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Type, type Static, type TSchema } from 'typebox'
import { Compile } from 'typebox/compile'

export class CollectionError extends Error {
  readonly code = 'SIKU_EVAL_COLLECTION'

  constructor(message: string) {
    super(message)
    this.name = 'CollectionError'
  }
}

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

/** Grades by demand, then by technology; what is not there has grade 0. */
export type Judgements = Map<string, Map<string, number>>

export type Collection = { technologies: TechnologyLine[]; demands: DemandLine[]; judgements: Judgements; distractors: number }

const gradeMax = 3

export function readCollection(folder: string, { distractors }: { distractors?: string | undefined } = {}): Collection {
  if (!existsSync(folder)) throw new CollectionError(`There is no folder ${folder}.`)
  const technologies = readLines(join(folder, 'technologies.jsonl'), TechnologyLine)
  const demands = readLines(join(folder, 'demands.jsonl'), DemandLine)
  const noise = distractors === undefined ? [] : readLines(distractors, TechnologyLine)
  refuseRepeated([...technologies, ...noise], 'technology')
  refuseRepeated(demands, 'demand')
  const judgements = readJudgements(join(folder, 'qrels.tsv'), {
    demands: new Set(demands.map(({ id }) => id)),
    technologies: new Set(technologies.map(({ id }) => id))
  })
  return { technologies: [...technologies, ...noise], demands, judgements, distractors: noise.length }
}

function readLines<T extends TSchema>(file: string, schema: T): Static<T>[] {
  const check = Compile(schema)
  return linesOf(file).map(({ text, place }) => {
    const value = parse(text, place)
    if (check.Check(value)) return value
    const [fault] = check.Errors(value)
    throw new CollectionError(`${place}: ${fault?.instancePath || 'the line'} ${fault?.message ?? 'is not as it should be'}.`)
  })
}

function parse(text: string, place: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new CollectionError(`${place} is not JSON; every line holds one object.`)
  }
}

function linesOf(file: string): { text: string; place: string }[] {
  if (!existsSync(file))
    throw new CollectionError(`${file} is not there; a collection has technologies.jsonl, demands.jsonl and qrels.tsv.`)
  const lines = readFileSync(file, 'utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
  return lines.map((text, at) => ({ text, place: `${file}, line ${at + 1}` })).filter(({ text }) => text.trim() !== '')
}

function readJudgements(file: string, known: { demands: Set<string>; technologies: Set<string> }): Judgements {
  const judgements: Judgements = new Map()
  for (const { text, place } of linesOf(file)) {
    const [demand = '', technology = '', gradeText = ''] = text.split('\t')
    const grade = Number(gradeText)
    if (demand === 'demand' && Number.isNaN(grade)) continue
    if (!known.demands.has(demand)) throw new CollectionError(`${place} judges the demand '${demand}', which demands.jsonl does not have.`)
    if (!known.technologies.has(technology))
      throw new CollectionError(`${place} judges the technology '${technology}', which technologies.jsonl does not have.`)
    if (gradeText === '' || !Number.isInteger(grade) || grade < 0 || grade > gradeMax)
      throw new CollectionError(`${place} gives the grade '${gradeText}'; grades are whole numbers from 0 to ${gradeMax}.`)
    const grades = judgements.get(demand) ?? new Map<string, number>()
    grades.set(technology, grade)
    judgements.set(demand, grades)
  }
  return judgements
}

function refuseRepeated(lines: readonly { id: string }[], kind: string): void {
  const seen = new Set<string>()
  for (const { id } of lines) {
    if (seen.has(id)) throw new CollectionError(`The ${kind} '${id}' is there twice; every id must be there once.`)
    seen.add(id)
  }
}

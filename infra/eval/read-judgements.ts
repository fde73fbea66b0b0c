import { CollectionError } from './errors.ts'
import { linesOf } from './read-lines.ts'

/** Grades by demand, then by what was judged for it; what is not there has grade 0. */
export type Judgements = Map<string, Map<string, number>>

export const gradeMax = 3

/** `absent` ends the sentence about an id that is not known. */
export type JudgedKind = { noun: string; absent: string }

/** `demands`: every name a line may judge by, with the demands it stands for; a need written in several languages is judged once. */
export function readJudgements(
  file: string,
  { demands, judged, kind }: { demands: ReadonlyMap<string, readonly string[]>; judged: ReadonlySet<string>; kind: JudgedKind }
): Judgements {
  const judgements: Judgements = new Map()
  for (const { text, place } of linesOf(file)) {
    const [name = '', id = '', gradeText = ''] = text.split('\t')
    const grade = Number(gradeText)
    if (name === 'demand' && Number.isNaN(grade)) continue
    const meant = demands.get(name)
    if (meant === undefined) throw new CollectionError(`${place} judges the demand '${name}', which demands.jsonl does not have.`)
    if (!judged.has(id)) throw new CollectionError(`${place} judges the ${kind.noun} '${id}', ${kind.absent}.`)
    if (gradeText === '' || !Number.isInteger(grade) || grade < 0 || grade > gradeMax)
      throw new CollectionError(`${place} gives the grade '${gradeText}'; grades are whole numbers from 0 to ${gradeMax}.`)
    for (const demand of meant) judgements.set(demand, (judgements.get(demand) ?? new Map<string, number>()).set(id, grade))
  }
  return judgements
}

/** A demand is judged by its id, or together with all others that are the same need. */
export function namesOf(demands: readonly { id: string; need?: string | null }[]): Map<string, string[]> {
  const names = new Map(demands.map(({ id }) => [id, [id]]))
  for (const { id, need } of demands) if (need && need !== id) names.set(need, [...(names.get(need) ?? []), id])
  return names
}

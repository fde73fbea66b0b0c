import {
  createSpace,
  embeddedText,
  meaningVector,
  referenceTexts,
  spaceIdOf,
  type MatchSide,
  type RoleVectors,
  type Side,
  type Weights
} from '@siku/matcher'
import type { TextRole } from '@siku/service-kit'
import type { Baseline } from './baselines.ts'
import { byScoreThenId } from './metrics.ts'

/** A model behind a function: one vector of length 1 for each text. */
export type EmbedTexts = (texts: readonly string[], role: TextRole) => Promise<{ model: { id: string }; vectors: Float32Array[] }>

export type BothSides = Record<'technologies' | 'demands', readonly MatchSide[]>
export type GivenMeanings = {
  technologies: MatchSide[]
  demands: MatchSide[]
  /** The model alone: technologies, read as what answers, by the cosine with the need, read as what asks. */
  alone: Baseline
}

/** The same records with what they mean to the model, as the matching worker gives it to them after publication. */
export async function giveMeanings({ technologies, demands }: BothSides, embed: EmbedTexts, weights: Weights): Promise<GivenMeanings> {
  const reference = referenceTexts()
  const asking = await rolesOf([...reference.demand, ...demands.map(textOf)], embed)
  const offering = await rolesOf([...reference.technology, ...technologies.map(textOf)], embed)
  const referenced = {
    demand: asking.slice(0, reference.demand.length).map((roles) => meaningVector('demand', roles)),
    technology: offering.slice(0, reference.technology.length).map((roles) => meaningVector('technology', roles))
  }
  const { model } = await embed([], 'query')
  const space = createSpace(spaceIdOf(model.id, weights), referenced, weights)
  const give = (side: Side, records: readonly MatchSide[], roles: readonly RoleVectors[]) =>
    records.map((record, at): MatchSide => {
      const vector = meaningVector(side, roles[at] as RoleVectors)
      return { ...record, meaning: { space, vector, nearness: space.nearnessOf(side, vector) } }
    })
  const ofDemands = asking.slice(reference.demand.length)
  const ofTechnologies = offering.slice(reference.technology.length)
  return {
    demands: give('demand', demands, ofDemands),
    technologies: give('technology', technologies, ofTechnologies),
    alone: cosineRanking({ technologies, demands }, { ofTechnologies, ofDemands })
  }
}

const textOf = ({ text }: MatchSide): string => embeddedText(text)

async function rolesOf(texts: readonly string[], embed: EmbedTexts): Promise<RoleVectors[]> {
  const query = await embed(texts, 'query')
  const passage = await embed(texts, 'passage')
  return texts.map((_, at) => ({ query: query.vectors[at] as Float32Array, passage: passage.vectors[at] as Float32Array }))
}

type BothRoles = Record<'ofTechnologies' | 'ofDemands', readonly RoleVectors[]>

function cosineRanking({ technologies, demands }: BothSides, { ofTechnologies, ofDemands }: BothRoles): Baseline {
  const queries = new Map(demands.map(({ id }, at) => [id, (ofDemands[at] as RoleVectors).query]))
  return ({ id }) => {
    const query = queries.get(id)
    if (!query) return []
    return technologies
      .map((side, at) => ({ id: side.id, score: product(query, (ofTechnologies[at] as RoleVectors).passage) }))
      .sort(byScoreThenId)
  }
}

function product(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let at = 0; at < a.length; at++) sum += (a[at] ?? 0) * (b[at] ?? 0)
  return sum
}

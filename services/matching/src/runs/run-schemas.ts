import { Closed, Instant, pageQuery, PageOf, Uuid } from '@siku/contracts'
import { featureNames, type FeatureName } from '@siku/matcher'
import { problemResponses, refTo } from '@siku/service-kit'
import { Type, type Static } from 'typebox'

export const ListRun = Closed(
  {
    id: Uuid,
    library: Type.String(),
    recordId: Uuid,
    recordVersion: Type.Integer(),
    thesaurusEdition: Type.String(),
    weightsVersion: Type.String(),
    thresholdMillionths: Type.Integer(),
    cause: Type.String({ description: 'What made the list stale' }),
    cut: Type.Boolean({ description: 'The budget of candidates was used up; the nightly run looks again' }),
    added: Type.Integer(),
    changed: Type.Integer(),
    withdrawn: Type.Integer(),
    length: Type.Integer({ description: 'Lines that were kept' }),
    at: Instant
  },
  { $id: 'ListRun' }
)
export type ListRun = Static<typeof ListRun>

const features = Object.fromEntries(featureNames.map((name) => [name, Type.Number()])) as Record<
  FeatureName,
  ReturnType<typeof Type.Number>
>
const Item = Closed({
  rank: Type.Integer(),
  id: Uuid,
  version: Type.Integer(),
  scoreMillionths: Type.Integer(),
  features: Closed(features, { description: 'Values of the features, six decimals' })
})

export const Replay = Closed(
  {
    run: refTo(ListRun),
    equal: Type.Boolean({ description: 'The replayed list equals the recorded one byte for byte, in canonical JSON' }),
    recorded: Type.Array(Item),
    replayed: Type.Array(Item)
  },
  { $id: 'Replay' }
)
export type Replay = Omit<Static<typeof Replay>, 'run'> & { run: ListRun }

export const RunsQuery = Closed(pageQuery)
export type RunsQuery = Static<typeof RunsQuery>

const tags = ['matches']
const params = Closed({ id: Uuid })
export const runSchemas = {
  list: {
    operationId: 'list_match_runs',
    tags,
    summary: 'The runs that changed the lists of the records of a match, newest first',
    params,
    querystring: RunsQuery,
    response: { 200: PageOf(refTo(ListRun)) }
  },
  replay: {
    operationId: 'replay_match',
    tags,
    summary: 'Score and order a list again from what was kept with it',
    params,
    querystring: Closed({ run: Type.Optional({ ...Uuid, description: 'Which run; the newest without it' }) }),
    response: { 200: refTo(Replay), ...problemResponses(409) }
  }
}

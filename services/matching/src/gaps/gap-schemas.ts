import { Closed, CodeOf, CountryCode, languages, Nullable, pageQuery, PageOf, Text } from '@siku/contracts'
import { refTo } from '@siku/service-kit'
import { Type, type Static } from 'typebox'
import { RecordLine } from '../review/schemas.ts'

const reasons = ['nothing-fits', 'no-technology-sought'] as const
const AgeDays = Type.Integer({ minimum: 0, description: 'Days since it was published' })

export const DemandGap = Closed(
  {
    demand: RecordLine,
    reason: CodeOf(reasons, 'Nothing reaches the threshold; or a park or an investment is sought, which no technology answers'),
    ageDays: AgeDays
  },
  { $id: 'DemandGap' }
)
export type DemandGap = Static<typeof DemandGap>

export const TechnologyGap = Closed({ technology: RecordLine, ageDays: AgeDays }, { $id: 'TechnologyGap' })
export type TechnologyGap = Static<typeof TechnologyGap>

const GapSummaryLine = Closed({
  country: Nullable(Type.String({ description: 'Country that asks' })),
  field: Nullable(Type.String({ description: 'Sector or field of the plan; null where the demand names none' })),
  count: Type.Integer({ minimum: 1 }),
  oldestDays: AgeDays
})
export const GapSummary = Closed({ data: Type.Array(GapSummaryLine) }, { $id: 'GapSummary' })
export type GapSummary = Static<typeof GapSummary>

const filters = {
  field: Type.Optional(Text(64, 'Sector or field of the plan of the record')),
  minAgeDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 3650, description: 'Published at least so many days ago' })),
  lang: Type.Optional(CodeOf(languages))
}
export const DemandGapsQuery = Closed({ country: Type.Optional(CountryCode), ...filters, ...pageQuery })
export type DemandGapsQuery = Static<typeof DemandGapsQuery>
export const TechnologyGapsQuery = Closed({ ...filters, ...pageQuery })
export type TechnologyGapsQuery = Static<typeof TechnologyGapsQuery>

const tags = ['gaps']
export const gapSchemas = {
  demands: {
    operationId: 'list_demand_gaps',
    tags,
    summary: 'Open demands that no technology fits, longest waiting first',
    querystring: DemandGapsQuery,
    response: { 200: PageOf(refTo(DemandGap)) }
  },
  summary: {
    operationId: 'summarise_demand_gaps',
    tags,
    summary: 'The same by country and field, with the age of the oldest',
    response: { 200: refTo(GapSummary) }
  },
  technologies: {
    operationId: 'list_technology_gaps',
    tags,
    summary: 'Open technologies that were never matched, longest waiting first',
    querystring: TechnologyGapsQuery,
    response: { 200: PageOf(refTo(TechnologyGap)) }
  }
}

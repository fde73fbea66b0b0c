import { PageOf } from '@siku/contracts'
import { problemResponses, refTo } from '@siku/service-kit'
import {
  ApproveBody,
  Count,
  CountQuery,
  DeferBody,
  DemandShortlist,
  DemandsQuery,
  IdParams,
  ListQuery,
  Match,
  MatchSummary,
  ReadQuery,
  RejectBody
} from './schemas.ts'

const tags = ['matches']
const params = IdParams
const decided = { 200: refTo(Match), ...problemResponses(412, 428) }

/** What each route of matches takes and answers, as the OpenAPI document shows it. */
export const matchSchemas = {
  list: {
    operationId: 'list_matches',
    tags,
    summary: 'Proposed matches; owners of a technology see theirs, marked unreviewed',
    querystring: ListQuery,
    response: { 200: PageOf(refTo(MatchSummary)) }
  },
  demands: {
    operationId: 'list_matches_by_demand',
    tags,
    summary: 'Demands with their shortlists: the queue of the desk',
    querystring: DemandsQuery,
    response: { 200: PageOf(refTo(DemandShortlist)) }
  },
  count: {
    operationId: 'count_matches',
    tags,
    summary: 'How many matches a demand of your own has',
    querystring: CountQuery,
    response: { 200: Count }
  },
  read: {
    operationId: 'get_match',
    tags,
    summary: 'One match with its reasons and evidence',
    params,
    querystring: ReadQuery,
    response: { 200: refTo(Match) }
  },
  take: { operationId: 'take_match', tags, summary: 'Take a proposal into review', params, response: decided },
  approve: {
    operationId: 'approve_match',
    tags,
    summary: 'Approve: both records are open and the technology is cleared',
    params,
    body: ApproveBody,
    response: decided
  },
  reject: { operationId: 'reject_match', tags, summary: 'Reject, with the reason', params, body: RejectBody, response: decided },
  defer: { operationId: 'defer_match', tags, summary: 'Put off until a day', params, body: DeferBody, response: decided }
}

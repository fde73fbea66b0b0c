import { Closed, CodeOf, Instant, languages, libraryNames, ListOf, Nullable, pageQuery, PageOf, Text, Uuid } from '@siku/contracts'
import { problemResponses, refTo } from '@siku/service-kit'
import { conceptKinds, labelTreatments, relationKinds } from '@siku/thesaurus'
import { Type, type Static } from 'typebox'
import { ConceptId, FieldName } from '../concepts/browse-schemas.ts'

export const changeKinds = ['add-concept', 'add-label', 'remove-label', 'add-relation', 'remove-relation', 'retire-concept'] as const
export const changeStates = ['proposed', 'approved', 'rejected', 'published'] as const
const labelMax = 120
const labelsMax = 40
const relationsMax = 60

const NewId = Type.String({ minLength: 1, maxLength: 120, pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' })
const Label = Text(labelMax)
const Treatment = CodeOf(
  labelTreatments,
  'How a label that is dangerous alone is read: senses = several concepts share it, weak = only in fitting company, ' +
    'capitals = only as an acronym, anycase = an acronym in small letters too'
)
const Relation = Closed({ kind: CodeOf(relationKinds), target: ConceptId })
const Labels = Closed(Object.fromEntries(languages.map((language) => [language, Type.Optional(ListOf(Label, labelsMax))])), {
  description: 'Labels of each language, preferred first; zh, en and at least three more languages'
})
const DeclaredLabel = Closed({ language: CodeOf(languages), label: Label, treatment: Treatment })

const parts = {
  kind: CodeOf(changeKinds),
  concept: Type.Optional(ConceptId),
  newConcept: Type.Optional(
    Closed({
      id: NewId,
      kind: CodeOf(conceptKinds),
      field: FieldName,
      broader: Type.Optional(ListOf(ConceptId, relationsMax)),
      relations: Type.Optional(ListOf(Relation, relationsMax)),
      labels: Labels,
      treatments: Type.Optional(ListOf(DeclaredLabel, labelsMax))
    })
  ),
  language: Type.Optional(CodeOf(languages)),
  label: Type.Optional(Label),
  preferred: Type.Optional(Type.Boolean({ description: 'The label becomes the one that is shown' })),
  treatment: Type.Optional(Treatment),
  relation: Type.Optional(CodeOf([...relationKinds, 'broader'])),
  target: Type.Optional(ConceptId),
  note: Type.Optional(Text(1000, 'Why; for the one who reviews'))
}

/** What is proposed. Which fields a kind takes: add-concept newConcept; labels concept, language, label; relations concept, relation, target. */
export const ChangeBody = Closed(parts)
export type ChangeBody = Static<typeof ChangeBody>

const Step = Nullable(Closed({ by: Type.String(), at: Instant }))
export const ThesaurusChange = Closed(
  {
    id: Uuid,
    change: ChangeBody,
    state: CodeOf(changeStates),
    proposed: Closed({ by: Type.String(), at: Instant }),
    reviewed: Step,
    reason: Nullable(Type.String({ description: 'Why it was rejected' })),
    edition: Nullable(Type.Integer({ description: 'Number of the edition that brought it' })),
    revision: Type.Integer({ description: 'Its ETag is "r" and this number' })
  },
  { $id: 'ThesaurusChange' }
)
export type ThesaurusChange = Static<typeof ThesaurusChange>

const EditionName = Closed({
  number: Type.Integer({ minimum: 0, description: '0: the files as shipped' }),
  edition: Type.String({ description: 'Version of the shipped files, number and hash of the content' })
})
export const ThesaurusEdition = Closed(
  {
    ...EditionName.properties,
    publishedAt: Nullable(Instant),
    changes: Type.Integer({ minimum: 0, description: 'Changes to the shipped files in all' }),
    inForce: Closed(EditionName.properties, {
      description: 'The edition that lists are in; they move on when all records carry the newest'
    }),
    waiting: Type.Array(Closed({ library: CodeOf(libraryNames), records: Type.Integer() }), {
      description: 'Records that do not carry the newest edition yet'
    }),
    approved: Type.Integer({ minimum: 0, description: 'Reviewed changes that wait for the next edition' })
  },
  { $id: 'ThesaurusEdition' }
)
export type ThesaurusEdition = Static<typeof ThesaurusEdition>

export const ChangesQuery = Closed({ state: Type.Optional(CodeOf(changeStates, 'All states without it')), ...pageQuery })
export type ChangesQuery = Static<typeof ChangesQuery>
const RejectBody = Closed({ reason: Text(1000, 'What would have to be otherwise') })

const tags = ['thesaurus']
const params = Closed({ id: Uuid })

export const changeRouteSchemas = {
  propose: {
    operationId: 'propose_thesaurus_change',
    tags,
    summary: 'Propose a concept, a label, a relation or their end; checked as the shipped files are',
    body: ChangeBody,
    response: { 201: refTo(ThesaurusChange), ...problemResponses(409, 422) }
  },
  list: {
    operationId: 'list_thesaurus_changes',
    tags,
    summary: 'Proposed and reviewed changes, oldest first',
    querystring: ChangesQuery,
    response: { 200: PageOf(refTo(ThesaurusChange)) }
  },
  read: {
    operationId: 'get_thesaurus_change',
    tags,
    summary: 'One change',
    params,
    response: { 200: refTo(ThesaurusChange), ...problemResponses(404) }
  },
  approve: {
    operationId: 'approve_thesaurus_change',
    tags,
    summary: 'Another person agrees; the next edition brings it',
    params,
    response: { 200: refTo(ThesaurusChange), ...problemResponses(403, 409, 412, 422, 428) }
  },
  reject: {
    operationId: 'reject_thesaurus_change',
    tags,
    summary: 'Another person does not agree, and says why; also what was approved and is in no edition yet',
    params,
    body: RejectBody,
    response: { 200: refTo(ThesaurusChange), ...problemResponses(403, 409, 412, 428) }
  },
  publish: {
    operationId: 'publish_thesaurus_edition',
    tags,
    summary: 'Publish all approved changes as a new edition; records it concerns are read again, then lists move on to it',
    response: {
      200: { ...refTo(ThesaurusEdition), description: 'Nothing was approved: the edition as it is' },
      201: refTo(ThesaurusEdition),
      ...problemResponses(409)
    }
  },
  edition: {
    operationId: 'get_thesaurus_edition',
    tags,
    summary: 'The newest edition of the thesaurus and the one that lists are in',
    response: { 200: refTo(ThesaurusEdition) }
  }
}

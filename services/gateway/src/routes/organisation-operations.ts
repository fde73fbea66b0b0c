import { Closed, CodeOf, Text, Uuid, pageLimitDefault, pageLimitMax } from '@siku/contracts'
import { refTo } from '@siku/service-kit'
import { Type } from 'typebox'
import { guarded, reading, writing } from './access.ts'
import { Application, ApplicationFiled, Email, Id, IssuedLink, Organisation, OrganisationPage, PersonName } from './schemas.ts'

const tags = ['organisations']
const Reason = Closed({ reason: Text(500, 'Why, as the organisation is told') })
const response = { 200: refTo(Organisation) }

/** Organisations apply, intake decides, the commission can shut one out. */
export const organisationOperations = {
  applyOrganisation: {
    config: { ...writing('organisation.apply'), ...guarded },
    schema: {
      operationId: 'apply_organisation',
      tags,
      summary: 'Apply for an organisation; intake answers',
      body: Application,
      response: { 202: ApplicationFiled }
    }
  },
  listOrganisations: {
    config: reading('organisation.list'),
    schema: {
      operationId: 'list_organisations',
      tags,
      summary: 'Organisations in the order they applied',
      querystring: Closed({
        state: Type.Optional(CodeOf(['pending', 'verified', 'refused', 'suspended'] as const)),
        cursor: Type.Optional(Type.String({ format: 'uuid', description: '`next` of the page before' })),
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: pageLimitMax, default: pageLimitDefault }))
      }),
      response: { 200: OrganisationPage }
    }
  },
  getOrganisation: {
    config: reading('organisation.read'),
    schema: { operationId: 'get_organisation', tags, summary: 'One organisation', params: Id, response }
  },
  verifyOrganisation: {
    config: writing('organisation.verify'),
    schema: {
      operationId: 'verify_organisation',
      tags,
      summary: 'Accept an application; gives the link with which the applicant signs up',
      params: Id,
      body: Closed({ applicant: Type.Optional(Closed({ email: Email, displayName: PersonName })) }),
      response: { 200: Closed({ organisationId: Uuid, link: refTo(IssuedLink) }) }
    }
  },
  refuseOrganisation: {
    config: writing('organisation.verify'),
    schema: { operationId: 'refuse_organisation', tags, summary: 'Turn an application down', params: Id, body: Reason, response }
  },
  suspendOrganisation: {
    config: writing('organisation.suspend'),
    schema: { operationId: 'suspend_organisation', tags, summary: 'Shut an organisation out', params: Id, body: Reason, response }
  },
  reinstateOrganisation: {
    config: writing('organisation.suspend'),
    schema: { operationId: 'reinstate_organisation', tags, summary: 'Let an organisation in again', params: Id, response }
  }
}

import { Closed, CodeOf, Nullable, Text } from '@siku/contracts'
import { assertRevision, defineProblem, problemResponses, refTo, requireIfMatch, setEtag, type ServicePlugin } from '@siku/service-kit'
import { Type } from 'typebox'

const NoteTaken = defineProblem<[string]>('SIKU_TEST_NOTE_TAKEN', 409, 'A note called %s exists; choose another title')
export const Note = Type.Object(
  { id: Type.String(), title: Type.String({ maxLength: 9 }), count: Type.Integer() },
  { additionalProperties: false, $id: 'Note' }
)
const NoteDraft = Closed({
  title: Text(8),
  mode: Type.Optional(Nullable(CodeOf(['licence', 'sale'] as const))),
  count: Type.Optional(Type.Integer({ minimum: 0 })),
  day: Type.Optional(Type.String({ format: 'date' })),
  inner: Type.Optional(
    Closed({ code: Type.String({ pattern: '^[0-9]+$', description: 'Digits kept as a string', examples: ['04005004'] }) })
  )
})
export const read = { access: { action: 'search.query', scope: 'notes:read' } } as const
export const write = { access: { action: 'record.create', scope: 'notes:write' }, idempotency: false } as const
export const documented = (operationId: string) => ({ operationId, tags: ['notes'], summary: 'Notes' })

export const notes: ServicePlugin = async (app) => {
  app.post(
    '/v1/notes',
    { config: write, schema: { ...documented('createNote'), body: NoteDraft, response: { 201: refTo(Note), ...problemResponses(409) } } },
    async ({ body }, reply) => {
      if (body.title === 'taken') throw NoteTaken('taken')
      if (body.title === 'crash') throw new TypeError('secret of the house')
      if (body.title === 'gone') return reply.code(410 as 201).send({ id: '1', title: 'gone', count: 0 })
      if (body.title === 'odd') return reply.code(201).send({ id: '1', title: 'longer than declared', count: 1 })
      const stored = { id: '1', title: body.title, count: body.count ?? 0, secret: 'not declared' }
      return reply.code(201).send(stored)
    }
  )
  app.get(
    '/v1/notes/:id',
    {
      config: read,
      schema: {
        ...documented('getNote'),
        params: Closed({ id: Type.String() }),
        querystring: Closed({ limit: Type.Integer({ minimum: 1, maximum: 9, default: 5 }), tag: Type.Optional(Type.Array(Type.String())) }),
        response: { 200: refTo(Note) }
      }
    },
    async ({ params, query }, reply) => setEtag(reply, 7).send({ id: params.id, title: (query.tag ?? []).join('+'), count: query.limit })
  )
  await app.register(changes)
}

const changes: ServicePlugin = async (app) => {
  app.patch(
    '/v1/notes/:id',
    {
      config: { access: { action: 'record.edit', scope: 'notes:write' } },
      schema: {
        ...documented('editNote'),
        params: Closed({ id: Type.String() }),
        body: Closed({ count: Type.Optional(Type.Integer({ default: 3 })) }),
        response: { 200: refTo(Note), ...problemResponses(412, 428) }
      }
    },
    async (request) => {
      assertRevision(requireIfMatch(request), 7)
      return { id: request.params.id, title: 'x', count: request.body.count ?? -1 }
    }
  )
  app.post(
    '/v1/notes/:id/publish',
    {
      config: { ...write, access: { action: 'record.approve', scope: 'notes:write' } },
      schema: { ...documented('publishNote'), params: Closed({ id: Type.String() }), response: { 200: refTo(Note) } }
    },
    async ({ params }) => ({ id: params.id, title: 'published', count: 0 })
  )
}

export type Answer = { code: string; detail: string; requestId: string; errors?: { pointer: string; detail: string }[] }

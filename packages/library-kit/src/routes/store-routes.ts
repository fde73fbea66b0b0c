import { Closed, CodeOf, fileConfidentialities, LanguageTag, Text } from '@siku/contracts'
import { problemResponses, requireIfMatch, setEtag, type Service } from '@siku/service-kit'
import type { FastifyRequest } from 'fastify'
import { Type, type Static } from 'typebox'
import { readContact, writeContact, type Contact } from '../verbs/contact.ts'
import { addFile, fileBytesMax, listFiles, readFile, removeFile } from '../verbs/files.ts'
import type { RouteKit } from './route-kit.ts'
import { ContactBody, ContactQuery, ContactView, FileParams, FileSchema, IdParams } from './schemas.ts'

const FileQuery = Closed({
  name: Text(255, 'File name; never trusted for the type'),
  title: Text(256),
  language: Type.Optional(LanguageTag),
  confidentiality: CodeOf(fileConfidentialities),
  personal: Type.Optional(Type.Boolean({ description: 'Marks a file that holds personal data' }))
})

const idOf = (request: FastifyRequest) => (request.params as { id: string }).id

/** Contact of a record: its own store, its own login, a row for every reading. */
export function contactRoutes(app: Service, { library, read, write, ctxOf }: RouteKit): void {
  const tags = [library.collection]
  app.get(
    '/:id/contact',
    {
      config: read('contact.read'),
      schema: {
        operationId: `read_contact_${library.collection}`,
        tags,
        summary: 'The contact; the reading is recorded',
        params: IdParams,
        querystring: ContactQuery,
        response: { 200: ContactView }
      }
    },
    async (request, reply) => {
      const { basis } = request.query as Static<typeof ContactQuery>
      const view = await readContact(ctxOf(request), library, { id: idOf(request), basis })
      return setEtag(reply, view.revision).send(view)
    }
  )

  app.put(
    '/:id/contact',
    {
      config: write('contact.write'),
      schema: {
        operationId: `write_contact_${library.collection}`,
        tags,
        summary: 'Store the contact; If-Match once there is one',
        params: IdParams,
        body: ContactBody,
        response: { 200: ContactView, ...problemResponses(412, 428) }
      }
    },
    async (request, reply) => {
      const revision = request.headers['if-match'] === undefined ? null : requireIfMatch(request)
      const view = await writeContact(ctxOf(request), library, { id: idOf(request), contact: request.body as Contact, revision })
      return setEtag(reply, view.revision).send(view)
    }
  )
}

/** RFC 5987: encodeURIComponent leaves four characters that a header value may not hold. */
const percentEncoded = (name: string) =>
  encodeURIComponent(name).replaceAll(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)

/** Files of a record: the body is the file itself, its description stands in the query. */
export async function fileRoutes(app: Service, { library, read, write, ctxOf }: RouteKit): Promise<void> {
  const tags = [library.collection]
  app.get(
    '/:id/files',
    {
      config: read('file.read'),
      schema: {
        operationId: `list_files_${library.collection}`,
        tags,
        summary: 'Files of a record',
        params: IdParams,
        response: { 200: Closed({ data: Type.Array(FileSchema) }) }
      }
    },
    async (request) => ({ data: await listFiles(ctxOf(request), library, idOf(request)) })
  )

  app.get(
    '/:id/files/:fileId',
    {
      config: read('file.read'),
      schema: {
        operationId: `read_file_${library.collection}`,
        tags,
        summary: 'The file itself, as an attachment',
        params: FileParams,
        response: { 200: { description: 'The bytes', content: { 'application/octet-stream': { schema: Type.Any() } } } }
      }
    },
    async (request, reply) => {
      const { file, bytes } = await readFile(ctxOf(request), library, {
        id: idOf(request),
        fileId: (request.params as { fileId: string }).fileId
      })
      return reply
        .header('content-type', file.mediaType)
        .header('content-disposition', `attachment; filename*=UTF-8''${percentEncoded(file.name)}`)
        .header('x-content-type-options', 'nosniff')
        .send(bytes)
    }
  )

  app.delete(
    '/:id/files/:fileId',
    {
      config: write('file.write'),
      schema: {
        operationId: `remove_file_${library.collection}`,
        tags,
        summary: 'Remove a file',
        params: FileParams,
        response: { 204: Type.Null() }
      }
    },
    async (request, reply) => {
      await removeFile(ctxOf(request), library, { id: idOf(request), fileId: (request.params as { fileId: string }).fileId })
      return reply.code(204).send(null)
    }
  )

  await app.register(async (uploads) => {
    uploads.removeAllContentTypeParsers()
    uploads.addContentTypeParser('application/octet-stream', { parseAs: 'buffer', bodyLimit: fileBytesMax }, (_request, body, done) =>
      done(null, body)
    )
    uploads.post(
      '/:id/files',
      {
        config: write('file.write'),
        bodyLimit: fileBytesMax,
        schema: {
          operationId: `add_file_${library.collection}`,
          tags,
          summary: 'Add a file: the body is its bytes (application/octet-stream, at most 25 MB)',
          params: IdParams,
          querystring: FileQuery,
          body: { content: { 'application/octet-stream': { schema: Type.Any() } } },
          response: { 201: FileSchema, ...problemResponses(415, 422) }
        }
      },
      async (request, reply) => {
        const query = request.query as Static<typeof FileQuery>
        const { status, file } = await addFile(ctxOf(request), library, {
          id: idOf(request),
          file: { ...query, bytes: (request.body as Buffer | undefined) ?? Buffer.alloc(0) }
        })
        return reply.code(status as 201).send(file)
      }
    )
  })
}

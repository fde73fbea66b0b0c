import { Closed, CodeOf, fileConfidentialities, LanguageTag, Text } from '@siku/contracts'
import { problemResponses, setEtag, type Service } from '@siku/service-kit'
import { Type, type Static } from 'typebox'
import { addFile, fileBytesMax } from '../verbs/add-file.ts'
import { idOf, ifMatchOf, type RouteKit } from './route-kit.ts'
import { FileSchema, IdParams } from './schemas.ts'

const FileQuery = Closed({
  name: Text(255, 'File name; never trusted for the type'),
  title: Text(256),
  language: Type.Optional(LanguageTag),
  confidentiality: CodeOf(fileConfidentialities),
  personal: Type.Optional(Type.Boolean({ description: 'Marks a file that holds personal data' }))
})

/** The body is the file itself, its description stands in the query. The answer's ETag is the record's, of which the file is part. */
export async function addFileRoute(app: Service, kit: RouteKit): Promise<void> {
  await app.register(async (uploads) => {
    uploads.removeAllContentTypeParsers()
    uploads.addContentTypeParser('application/octet-stream', { parseAs: 'buffer', bodyLimit: fileBytesMax }, (_request, body, done) =>
      done(null, body)
    )
    uploadRoute(uploads as Service, kit)
  })
}

function uploadRoute(uploads: Service, { library, write, ctxOf }: RouteKit): void {
  uploads.post(
    '/:id/files',
    {
      config: write('file.write'),
      bodyLimit: fileBytesMax,
      schema: {
        operationId: `add_file_${library.collection}`,
        tags: [library.collection],
        summary: 'Add a file to the working version: the body is its bytes (application/octet-stream, at most 25 MB)',
        params: IdParams,
        querystring: FileQuery,
        body: { content: { 'application/octet-stream': { schema: Type.Any() } } },
        response: { 201: FileSchema, ...problemResponses(409, 412, 415, 422) }
      }
    },
    async (request, reply) => {
      const query = request.query as Static<typeof FileQuery>
      const { status, file, revision } = await addFile(ctxOf(request), library, {
        id: idOf(request),
        revision: ifMatchOf(request),
        file: { ...query, bytes: (request.body as Buffer | undefined) ?? Buffer.alloc(0) }
      })
      return setEtag(reply, revision)
        .code(status as 201)
        .send(file)
    }
  )
}

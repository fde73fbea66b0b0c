import type { Service } from '@siku/service-kit'
import { Type } from 'typebox'
import { readFile } from '../verbs/read-file.ts'
import { fileIdOf, idOf, type RouteKit } from './route-kit.ts'
import { FileParams } from './schemas.ts'

export function readFileRoute(app: Service, { library, read, ctxOf }: RouteKit): void {
  app.get(
    '/:id/files/:fileId',
    {
      config: read('file.read'),
      schema: {
        operationId: `read_file_${library.collection}`,
        tags: [library.collection],
        summary: 'The file itself, as an attachment',
        params: FileParams,
        response: { 200: { description: 'The bytes', content: { 'application/octet-stream': { schema: Type.Any() } } } }
      }
    },
    async (request, reply) => {
      const { file, bytes } = await readFile(ctxOf(request), library, { id: idOf(request), fileId: fileIdOf(request) })
      return reply
        .header('content-type', file.mediaType)
        .header('content-disposition', `attachment; filename*=UTF-8''${percentEncoded(file.name)}`)
        .header('x-content-type-options', 'nosniff')
        .send(bytes)
    }
  )
}

/** RFC 5987: encodeURIComponent leaves four characters that a header value may not hold. */
const percentEncoded = (name: string) =>
  encodeURIComponent(name).replaceAll(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)

import { problemResponses, setEtag, type Service } from '@siku/service-kit'
import { Type } from 'typebox'
import { removeFile } from '../verbs/remove-file.ts'
import { fileIdOf, idOf, ifMatchOf, type RouteKit } from './route-kit.ts'
import { FileParams } from './schemas.ts'

export function removeFileRoute(app: Service, { library, write, ctxOf }: RouteKit): void {
  app.delete(
    '/:id/files/:fileId',
    {
      config: write('file.write'),
      schema: {
        operationId: `remove_file_${library.collection}`,
        tags: [library.collection],
        summary: 'Remove a file from the working version',
        params: FileParams,
        response: { 204: Type.Null(), ...problemResponses(409, 412) }
      }
    },
    async (request, reply) => {
      const { revision } = await removeFile(ctxOf(request), library, {
        id: idOf(request),
        fileId: fileIdOf(request),
        revision: ifMatchOf(request)
      })
      return setEtag(reply, revision).code(204).send(null)
    }
  )
}

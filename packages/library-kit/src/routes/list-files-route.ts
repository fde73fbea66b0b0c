import { Closed } from '@siku/contracts'
import type { Service } from '@siku/service-kit'
import { Type } from 'typebox'
import { listFiles } from '../verbs/list-files.ts'
import { idOf, whichOf, type RouteKit } from './route-kit.ts'
import { FileSchema, IdParams, ReadQuery } from './schemas.ts'

export function listFilesRoute(app: Service, { library, read, ctxOf }: RouteKit): void {
  app.get(
    '/:id/files',
    {
      config: read('file.read'),
      schema: {
        operationId: `list_files_${library.collection}`,
        tags: [library.collection],
        summary: 'Files of a version of a record',
        params: IdParams,
        querystring: ReadQuery,
        response: { 200: Closed({ data: Type.Array(FileSchema) }) }
      }
    },
    async (request) => ({ data: await listFiles(ctxOf(request), library, idOf(request), whichOf(request)) })
  )
}

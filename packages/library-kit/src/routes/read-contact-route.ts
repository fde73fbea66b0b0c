import { setEtag, type Service } from '@siku/service-kit'
import type { Static } from 'typebox'
import { readContact } from '../verbs/contact.ts'
import { idOf, type RouteKit } from './route-kit.ts'
import { ContactQuery, ContactView, IdParams } from './schemas.ts'

export function readContactRoute(app: Service, { library, read, ctxOf }: RouteKit): void {
  app.get(
    '/:id/contact',
    {
      config: read('contact.read'),
      schema: {
        operationId: `read_contact_${library.collection}`,
        tags: [library.collection],
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
}

import { problemResponses, setEtag, type Service } from '@siku/service-kit'
import { writeContact, type Contact } from '../verbs/contact.ts'
import { idOf, ifMatchOf, type RouteKit } from './route-kit.ts'
import { ContactBody, ContactView, IdParams } from './schemas.ts'

export function writeContactRoute(app: Service, { library, write, ctxOf }: RouteKit): void {
  app.put(
    '/:id/contact',
    {
      config: write('contact.write'),
      schema: {
        operationId: `write_contact_${library.collection}`,
        tags: [library.collection],
        summary: 'Store the contact; If-Match once there is one',
        params: IdParams,
        body: ContactBody,
        response: { 200: ContactView, ...problemResponses(412, 428) }
      }
    },
    async (request, reply) => {
      const contact = request.body as Contact
      const view = await writeContact(ctxOf(request), library, { id: idOf(request), contact, revision: ifMatchOf(request) })
      return setEtag(reply, view.revision).send(view)
    }
  )
}

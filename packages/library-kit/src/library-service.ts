import { createService, type Service, type ServiceOptions } from '@siku/service-kit'
import type { LibraryContext } from './context.ts'
import type { Library } from './define-library.ts'
import { schemasOf } from './draft-schema.ts'
import { libraryRoutes } from './routes/library-routes.ts'
import { routeKit } from './routes/route-kit.ts'

export type LibraryServiceOptions = Omit<ServiceOptions, 'name' | 'title' | 'description' | 'library' | 'schemas' | 'plugins'> &
  Pick<LibraryContext, 'contacts' | 'keyOf'> & {
    library: Library
    /** Routes of this library alone, registered after the kit's. */
    plugins?: ServiceOptions['plugins']
  }

/** The HTTP side of one library: the kit's routes below /v1/<collection>, then the library's own. */
export async function createLibraryService({
  library,
  contacts,
  keyOf,
  plugins = [],
  ...options
}: LibraryServiceOptions): Promise<Service> {
  const kit = routeKit(library, { contacts, keyOf })
  const { draft, patch, record } = schemasOf(library)
  return createService({
    ...options,
    name: library.name,
    title: library.title,
    description: library.description,
    library: library.name,
    schemas: [draft, patch, record],
    plugins: [
      async (app) => {
        await app.register(
          async (routes) => {
            await libraryRoutes(routes as Service, kit)
          },
          { prefix: `/v1/${library.collection}` }
        )
      },
      ...plugins
    ]
  })
}

import type { Service } from '@siku/service-kit'
import { addFileRoute } from './add-file-route.ts'
import { checkLeaksRoute } from './check-leaks-route.ts'
import { confirmLeaksRoute } from './confirm-leaks-route.ts'
import { createRecordRoute } from './create-record-route.ts'
import { editRecordRoute } from './edit-record-route.ts'
import { getRecordRoute } from './get-record-route.ts'
import { listChangesRoute } from './list-changes-route.ts'
import { listControlRoute } from './list-control-route.ts'
import { listFilesRoute } from './list-files-route.ts'
import { listRecordsRoute } from './list-records-route.ts'
import { listVersionsRoute } from './list-versions-route.ts'
import { readContactRoute } from './read-contact-route.ts'
import { readFileRoute } from './read-file-route.ts'
import { removeFileRoute } from './remove-file-route.ts'
import type { RouteKit } from './route-kit.ts'
import { stepRoutes } from './step-routes.ts'
import { writeContactRoute } from './write-contact-route.ts'

const routes: readonly ((app: Service, kit: RouteKit) => void)[] = [
  listRecordsRoute,
  createRecordRoute,
  listChangesRoute,
  getRecordRoute,
  editRecordRoute,
  listVersionsRoute,
  stepRoutes,
  checkLeaksRoute,
  confirmLeaksRoute,
  listControlRoute,
  readContactRoute,
  writeContactRoute,
  listFilesRoute,
  readFileRoute,
  removeFileRoute
]

/** Every route of a library, in the order of its document. */
export async function libraryRoutes(app: Service, kit: RouteKit): Promise<void> {
  for (const register of routes) register(app, kit)
  await addFileRoute(app, kit)
}

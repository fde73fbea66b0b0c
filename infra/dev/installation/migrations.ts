import { schemaOf, serviceNames } from '@siku/contracts'
import { sharedMigrations, type MigrationSet, type ServiceRole } from '@siku/db'
import { contactRoleOf, libraryMigrations, roleOf } from '@siku/library-kit'
import { library as demands } from '@siku/cooperation-demand'
import { gatewayMigrations } from '@siku/gateway'
import { matchingMigrations } from '@siku/matching'
import { library as institutions } from '@siku/platform-institutions'
import { library as results } from '@siku/project-results'
import { library as technologies } from '@siku/technology-reserve'

/** The four libraries as values, in the order of the plan. */
export const libraries = [results, technologies, demands, institutions]

/** Every migration of the installation, in the order they must run. */
export const allMigrations: MigrationSet[] = [
  sharedMigrations,
  ...libraries.flatMap(libraryMigrations),
  ...matchingMigrations,
  ...gatewayMigrations
]

/** The login roles of the services. None owns a table; contact data has logins of its own. */
export const serviceRoleNames: string[] = [
  ...serviceNames.map((service) => roleOf(schemaOf(service))),
  ...libraries.map((library) => contactRoleOf(library.schemaName))
]

/** The login of the queue where it lives in PostgreSQL; it reaches nothing but the queue. */
export const queueRole = 'siku_queue'

/** The same with the password each gets at this migration. */
export const serviceRoles = (passwordOf: (role: string) => string): ServiceRole[] => [
  ...serviceRoleNames.map((name) => ({ name, password: passwordOf(name), memberOf: ['siku_service'] })),
  { name: queueRole, password: passwordOf(queueRole), memberOf: [] }
]

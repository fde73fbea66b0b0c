/** The four libraries of the plan. A fifth is one line here, a service folder and a compose block. */
export const libraryNames = ['project-results', 'technology-reserve', 'cooperation-demand', 'platform-institutions'] as const
export type LibraryName = (typeof libraryNames)[number]

export const serviceNames = [...libraryNames, 'matching', 'gateway'] as const
export type ServiceName = (typeof serviceNames)[number]

/** The PostgreSQL schema (and role stem) a service owns. */
export const schemaOf = (service: ServiceName): string => service.replaceAll('-', '_')

/** Path of each library below /v1: the plural of what it holds. */
export const collectionOf: Record<LibraryName, string> = {
  'project-results': 'results',
  'technology-reserve': 'technologies',
  'cooperation-demand': 'demands',
  'platform-institutions': 'institutions'
}

/** Who is matched with whom, read in both directions. */
export const counterparts: Partial<Record<LibraryName, LibraryName>> = {
  'technology-reserve': 'cooperation-demand',
  'cooperation-demand': 'technology-reserve'
}

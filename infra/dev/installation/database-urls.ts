import { schemaOf, type ServiceName } from '@siku/contracts'
import { contactRoleOf, roleOf } from '@siku/library-kit'
import { queueRole } from './migrations.ts'

/** Where each login of the installation connects, given the owner's address and the passwords. */
export function databaseUrls(ownerUrl: string, passwordOf: (role: string) => string) {
  const urlFor = (role: string): string => {
    const url = new URL(ownerUrl)
    url.username = role
    url.password = passwordOf(role)
    return url.href
  }
  return {
    owner: ownerUrl,
    service: (service: ServiceName) => urlFor(roleOf(schemaOf(service))),
    contacts: (service: ServiceName) => urlFor(contactRoleOf(schemaOf(service))),
    queue: urlFor(queueRole)
  }
}

export type DatabaseUrls = ReturnType<typeof databaseUrls>

import { serviceNames, type ServiceName } from '@siku/contracts'
import { GatewayConfig } from '@siku/gateway'
import { libraryConfig } from '@siku/library-kit'
import { MatchingConfig } from '@siku/matching'
import type { TObject } from 'typebox'
import { libraries } from '../dev/installation/migrations.ts'

/** The settings of every process, by the service it runs. */
export const processConfigs: Record<ServiceName, TObject> = Object.fromEntries(
  serviceNames.map((service) => [service, configOf(service)])
) as Record<ServiceName, TObject>

function configOf(service: ServiceName): TObject {
  if (service === 'gateway') return GatewayConfig
  if (service === 'matching') return MatchingConfig
  const library = libraries.find(({ name }) => name === service)
  if (!library) throw new Error(`There is no library ${service}; add it to infra/dev/installation/migrations.ts`)
  return libraryConfig(library)
}

import { serviceNames, type ServiceName } from '@siku/contracts'
import { readConfig, StartError } from '@siku/service-kit'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../dev/embedded/run-typescript.mjs'
import { processConfigs } from '../../generate/process-configs.ts'
import { interpolate, ownContainers, placeholdersOf, textsOf, type Compose, type Container } from './read-compose.ts'

/** What is wrong, beginning with the container it is about. */
export type Fault = string

/** The service a container runs, by the main file it starts; undefined for one that runs a command of the installation. */
export function serviceOf({ command = [] }: Container): ServiceName | undefined {
  const name = /^services\/([a-z-]+)\/dist\/main\.js$/.exec(command[1] ?? '')?.[1]
  return serviceNames.find((service) => service === name)
}

/** One container for each service and half of its work, each starting a file that is there. */
export function commandFaults(compose: Compose): Fault[] {
  const containers = ownContainers(compose)
  const missing = containers.flatMap(([name, { command = [] }]) => {
    const [program, file = ''] = command
    if (program !== 'node') return [`${name} starts ${program}, not node`]
    const source = file.replace(/^(services\/[a-z-]+)\/dist\/main\.js$/, '$1/src/main.ts')
    return existsSync(join(root, source)) ? [] : [`${name} starts ${file}, which is not there`]
  })
  const present = new Set(containers.flatMap(([, container]) => halvesOf(container)))
  const wanted = serviceNames.flatMap((service) => (service === 'gateway' ? ['gateway/all'] : [`${service}/api`, `${service}/worker`]))
  return [...missing, ...wanted.filter((half) => !present.has(half)).map((half) => `no container runs ${half}`)]
}

const halvesOf = (container: Container): string[] => {
  const service = serviceOf(container)
  return service === undefined ? [] : [`${service}/${container.environment?.SIKU_ROLE ?? 'all'}`]
}

/** Each process reads its settings from what compose would give it, exactly as it does when it starts. */
export function settingFaults(compose: Compose, values: Record<string, string>): Fault[] {
  return ownContainers(compose).flatMap(([name, container]) => {
    const service = serviceOf(container)
    if (service === undefined) return []
    const schema = processConfigs[service]
    const given = Object.fromEntries(Object.entries(container.environment ?? {}).map(([key, text]) => [key, interpolate(text, values)]))
    const unknown = Object.keys(given).filter((key) => !(key in schema.properties))
    return [
      ...unknown.map((key) => `${name} sets ${key}, which is no setting of ${service}`),
      ...startFaults(name, () => readConfig(schema, given))
    ]
  })
}

function startFaults(name: string, read: () => unknown): Fault[] {
  try {
    read()
    return []
  } catch (error) {
    if (!(error instanceof StartError)) throw error
    return [`${name}: ${error.message}`]
  }
}

/** Settings that hold an address must point at a container of this file, at the port it listens on. */
export function addressFaults(compose: Compose): Fault[] {
  return ownContainers(compose).flatMap(([name, { environment = {} }]) =>
    Object.entries(environment).flatMap(([setting, text]) => {
      const [, host, port] = /^(?:https?|redis|postgres):\/\/(?:[^@/]*@)?([a-z][a-z-]*):(\d+)/.exec(text) ?? []
      if (host === undefined) return []
      const target = compose.services[host]
      if (!target) return [`${name} sets ${setting} to ${host}, which is no container`]
      const listens = target.environment?.SIKU_PORT ?? wellKnownPorts[host]
      if (listens !== port) return [`${name} sets ${setting} to port ${port}, but ${host} listens on ${listens}`]
      return target.environment?.SIKU_ROLE === 'worker' ? [`${name} sets ${setting} to ${host}, which answers nobody`] : []
    })
  )
}

const wellKnownPorts: Record<string, string> = { postgres: '5432', redis: '6379', meilisearch: '7700' }

/** A container is waited for by what it can tell: its health, or its end. */
export function dependencyFaults(compose: Compose): Fault[] {
  return Object.entries(compose.services).flatMap(([name, { depends_on: needs = {} }]) =>
    Object.entries(needs).flatMap(([target, { condition }]) => {
      const container = compose.services[target]
      if (!container) return [`${name} waits for ${target}, which is no container`]
      if (condition === 'service_healthy' && !isChecked(container)) return [`${name} waits for the health of ${target}, which has none`]
      return []
    })
  )
}

/** Ours have the check of the image unless they turn it off. */
const isChecked = ({ image, healthcheck }: Container): boolean =>
  healthcheck === undefined ? image.startsWith('siku:') : healthcheck.disable !== true && (healthcheck.test?.length ?? 0) > 0

export function healthFaults(compose: Compose): Fault[] {
  return Object.entries(compose.services).flatMap(([name, container]) => {
    const listensNowhere =
      container.environment?.SIKU_ROLE === 'worker' || (container.image.startsWith('siku:') && serviceOf(container) === undefined)
    if (listensNowhere === !isChecked(container)) return []
    return [listensNowhere ? `${name} listens nowhere and is asked for its health` : `${name} has no health check`]
  })
}

/** The schema must be there before anything of ours starts. */
export function migrationFaults(compose: Compose): Fault[] {
  return ownContainers(compose).flatMap(([name, container]) =>
    serviceOf(container) !== undefined && container.depends_on?.migrate?.condition !== 'service_completed_successfully'
      ? [`${name} does not wait for the migrations to end`]
      : []
  )
}

/** Every name compose must be given, with the sentence it says when it is not. */
export const requiredNames = (compose: Compose): string[] => [
  ...new Set(
    textsOf(compose.services)
      .flatMap(placeholdersOf)
      .flatMap(({ name, operator }) => (operator === ':?' ? [name] : []))
  )
]

import type { Fault } from './compose-rules.ts'
import { interpolate, ownContainers, placeholdersOf, textsOf, type Compose } from './read-compose.ts'

const secretName = /SECRET|PASSWORD|TOKEN|_KEY$|DATABASE_URL$|^REDIS_URL$/
const passwordInUrl = /:\/\/[^:/@\s]*:([^@/\s]+)@/

/** A secret is a name with a sentence, never a value and never a default. */
export function secretFaults(compose: Compose): Fault[] {
  return Object.entries(compose.services).flatMap(([name, container]) => [
    ...Object.entries(container.environment ?? {}).flatMap(([setting, text]) => {
      const isOptional = text === `\${${setting}:-}`
      return secretName.test(setting) && !isOptional && !isAsked(text)
        ? [`${name} holds ${setting} as a value; ask for it with \${NAME:?sentence}`]
        : []
    }),
    ...textsOf(container).flatMap((text) => {
      const password = passwordInUrl.exec(text)?.[1]
      return password !== undefined && !isAsked(password) ? [`${name} has a password in an address`] : []
    }),
    ...textsOf(container).flatMap((text) =>
      placeholdersOf(text).flatMap(({ name: asked, operator, rest }) => placeholderFault(name, asked, operator, rest))
    )
  ])
}

const isAsked = (text: string): boolean => placeholdersOf(text).some(({ operator }) => operator === ':?')

function placeholderFault(container: string, asked: string, operator: string | undefined, rest: string): Fault[] {
  if (operator === undefined) return [`${container} uses ${asked} without saying what holds where it is missing`]
  if (operator === ':?' && rest.trim() === '') return [`${container} asks for ${asked} without a sentence`]
  return operator === ':-' && secretName.test(asked) && rest !== '' ? [`${container} has a default for the secret ${asked}`] : []
}

/** The image of a day must be the image of another day: a tag with at least two numbers. */
export function imageFaults(compose: Compose, version: string): Fault[] {
  return Object.entries(compose.services).flatMap(([name, { image }]) => {
    const shown = interpolate(image, {})
    const tag = shown.split(':')[1] ?? ''
    if (!/^v?\d+\.\d+/.test(tag)) return [`${name} runs ${shown}, whose tag may mean another image tomorrow`]
    return shown.startsWith('siku:') && tag !== version ? [`${name} runs ${shown}; this copy is ${version}`] : []
  })
}

/** One door: the gateway alone publishes a port, on loopback unless told otherwise, and alone has a way out. */
export function doorFaults(compose: Compose): Fault[] {
  return Object.entries(compose.services).flatMap(([name, { ports = [], networks = [], environment = {} }]) => {
    const outside = networks.filter((network) => !(compose.networks[network] as { internal?: boolean } | null)?.internal)
    if (name !== 'gateway') {
      return [
        ...(ports.length > 0 ? [`${name} publishes a port`] : []),
        ...(outside.length > 0 ? [`${name} has a way out by ${outside.join(', ')}`] : [])
      ]
    }
    const [published = '', ...more] = ports.map((port) => interpolate(port, {}))
    const isRight = more.length === 0 && published.startsWith('127.0.0.1:') && published.endsWith(`:${environment.SIKU_PORT}`)
    return isRight ? [] : ['gateway must publish exactly the port it listens on, on 127.0.0.1 by default']
  })
}

const graceSecondsMin = 30

/** What every container gives up, and the time each gets to finish what is in hand. */
export function hardeningFaults(compose: Compose): Fault[] {
  const own = ownContainers(compose).flatMap(([name, container]) => [
    ...(container.read_only ? [] : [`${name} may write to its image`]),
    ...(container.cap_drop?.includes('ALL') ? [] : [`${name} keeps capabilities`]),
    ...(container.security_opt?.includes('no-new-privileges:true') ? [] : [`${name} may gain privileges`])
  ])
  const all = Object.entries(compose.services).flatMap(([name, { init, stop_grace_period: grace = '10s', volumes = [] }]) => [
    ...(init ? [] : [`${name} has no init to reap its children`]),
    ...(Number.parseInt(grace, 10) >= graceSecondsMin ? [] : [`${name} is killed after ${grace}`]),
    ...volumes
      .map((volume) => volume.split(':')[0] ?? '')
      .filter((source) => !source.startsWith('./') && !(source in compose.volumes))
      .map((source) => `${name} mounts ${source}, which is no volume`)
  ])
  return [...own, ...all]
}

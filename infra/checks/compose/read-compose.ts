import { parse } from 'yaml'

export type Healthcheck = { test?: string[]; disable?: boolean }

export type Container = {
  image: string
  build?: { context: string; dockerfile: string }
  command?: string[]
  environment?: Record<string, string>
  ports?: string[]
  volumes?: string[]
  tmpfs?: string[]
  depends_on?: Record<string, { condition: string }>
  healthcheck?: Healthcheck
  networks?: string[]
  init?: boolean
  read_only?: boolean
  cap_drop?: string[]
  security_opt?: string[]
  stop_grace_period?: string
}

export type Compose = { services: Record<string, Container>; networks: Record<string, unknown>; volumes: Record<string, unknown> }

/** The file as compose reads it, `<<` merged; `${NAME}` stays as it is written. */
export const readCompose = (text: string): Compose => parse(text, { merge: true }) as Compose

export type Placeholder = { name: string; operator: ':?' | ':-' | undefined; rest: string }

const placeholder = /\$\{([A-Z][A-Z0-9_]*)(?:(:[?-])([^}]*))?\}/g

/** Every `${NAME…}` of a text. */
export const placeholdersOf = (text: string): Placeholder[] =>
  [...text.matchAll(placeholder)].map(([, name = '', operator, rest = '']) => ({
    name,
    operator: operator as Placeholder['operator'],
    rest
  }))

/** What compose would put in its place; a required name that is not given stays, so that nothing passes by accident. */
export const interpolate = (text: string, values: Record<string, string>): string =>
  text.replace(placeholder, (whole, name: string, operator?: string, rest = '') => values[name] ?? (operator === ':-' ? rest : whole))

/** Containers that run our own image. */
export const ownContainers = ({ services }: Compose): [string, Container][] =>
  Object.entries(services).filter(([, { image }]) => image.startsWith('siku:'))

/** Every text of a container, wherever it stands. */
export function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsOf)
}

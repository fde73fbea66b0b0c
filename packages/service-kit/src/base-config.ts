import type { ServiceName } from '@siku/contracts'
import { Type, type TObject, type TProperties } from 'typebox'

const Url = (description: string, example: string) => Type.Optional(Type.String({ format: 'uri', description, examples: [example] }))

/** Settings every process understands. */
export const BaseConfig = Type.Object({
  SIKU_ROLE: Type.Enum(['api', 'worker', 'all'], {
    default: 'all',
    description: 'What this process does: answer requests, do the background work, or both'
  }),
  SIKU_HOST: Type.String({ default: '127.0.0.1', minLength: 1, description: 'Address to listen on; 0.0.0.0 in a container' }),
  SIKU_PORT: Type.Integer({ minimum: 0, maximum: 65535, default: 0, description: 'Port to listen on; 0 takes a free one' }),
  SIKU_POOL_SIZE: Type.Integer({ minimum: 1, maximum: 200, default: 8, description: 'Database connections this process keeps open' }),
  SIKU_JWKS_URL: Url(
    'Where the keys that check access tokens are read, at the gateway; not needed where gateway and services share a process',
    'http://gateway:8080/.well-known/jwks.json'
  ),
  SIKU_FOLLOW_PARENT: Type.Boolean({ default: false, description: 'Stop when the process that started this one is gone' }),
  LOG_LEVEL: Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
    default: 'info',
    description: 'Least level that is logged'
  }),
  REDIS_URL: Url('Redis for the queue; without it the queue lives in PostgreSQL', 'redis://redis:6379'),
  SIKU_QUEUE_DATABASE_URL: Url(
    'PostgreSQL for the queue, with the role siku_queue, where there is no Redis; without either, workers look for work every 5 s',
    'postgres://siku_queue@postgres:5432/siku'
  ),
  MEILI_URL: Url('Meilisearch; without it each process searches its own copy', 'http://meilisearch:7700'),
  MEILI_KEY: Type.Optional(
    Type.String({ minLength: 16, description: 'Key for Meilisearch with rights on documents, indexes, settings, tasks and search' })
  )
})

/** Name of the setting that holds a service's own database address. */
export const databaseSetting = (service: ServiceName): string => `SIKU_${service.replaceAll('-', '_').toUpperCase()}_DATABASE_URL`

/** The schema of one service's settings: the common ones, its database, and what only it has. */
export function serviceConfig<P extends TProperties>(service: ServiceName, own: P): TObject<(typeof BaseConfig)['properties'] & P> {
  const database = Type.String({
    format: 'uri',
    description: `PostgreSQL of ${service}, with the role of that service, which owns no tables`,
    examples: [`postgres://siku_${service.replaceAll('-', '_')}@postgres:5432/siku`]
  })
  return Type.Object({ ...BaseConfig.properties, [databaseSetting(service)]: database, ...own }) as never
}

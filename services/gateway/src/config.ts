import { libraryNames, type ServiceName } from '@siku/contracts'
import { serviceConfig, StartError } from '@siku/service-kit'
import { Type, type Static } from 'typebox'
import type { AccountSettings } from './accounts/account-context.ts'
import { isLoopback } from './sessions/same-origin.ts'

export type Upstream = Exclude<ServiceName, 'gateway'>
export const upstreams: readonly Upstream[] = [...libraryNames, 'matching']

export const upstreamSetting = (service: Upstream): string => `SIKU_${service.replaceAll('-', '_').toUpperCase()}_URL`

const ServiceUrl = (service: Upstream, port: number) =>
  Type.String({ format: 'uri', description: `Where the service ${service} answers`, examples: [`http://${service}:${port}`] })

const PerMinute = (max: number, of: string) =>
  Type.Integer({ minimum: 1, maximum: 1_000_000, default: max, description: `Requests a minute ${of}` })

/** Settings of the gateway; their descriptions are the environment page. */
export const GatewayConfig = serviceConfig('gateway', {
  SIKU_SECRET: Type.String({
    minLength: 32,
    description:
      'Secret that sessions, keys and organisation keys are derived from, at least 32 characters; with another one, sealed keys and owner keys no longer fit'
  }),
  SIKU_OWNER_KEY: Type.Optional(
    Type.String({
      minLength: 32,
      description:
        'Key that marks published rows with their owner, the same in every library; derived from SIKU_SECRET where it is left out'
    })
  ),
  SIKU_PUBLIC_URL: Type.String({
    format: 'uri',
    default: 'http://127.0.0.1:8080',
    description: 'Address people type into a browser: https, or plain http on this machine only',
    examples: ['https://siku.example.org']
  }),
  SIKU_TRUSTED_PROXIES: Type.Optional(
    Type.String({
      pattern: '^[0-9a-z.:/]+(,[0-9a-z.:/]+)*$',
      description: 'Addresses of proxies in front whose X-Forwarded-For is believed, with commas between; without it none is',
      examples: ['10.0.0.5,10.0.0.6']
    })
  ),
  SIKU_SESSION_HOURS: Type.Integer({ minimum: 1, maximum: 168, default: 12, description: 'Longest life of a session, in hours' }),
  SIKU_IDLE_HOURS: Type.Integer({ minimum: 1, maximum: 168, default: 2, description: 'Longest pause in a session, in hours' }),
  SIKU_UPSTREAM_TIMEOUT_MS: Type.Integer({
    minimum: 100,
    maximum: 120_000,
    default: 15_000,
    description: 'Longest wait for a service behind the gateway'
  }),
  SIKU_RATE_ADDRESS: PerMinute(6_000, 'from one address, whoever asks'),
  SIKU_RATE_VISITOR: PerMinute(120, 'of a visitor, by address'),
  SIKU_RATE_SESSION: PerMinute(600, 'of a signed-in person'),
  SIKU_RATE_KEY: PerMinute(1_200, 'of an API key'),
  SIKU_RATE_SIGN_IN: PerMinute(20, 'to sign in, reset or apply, by address'),
  SIKU_PROJECT_RESULTS_URL: ServiceUrl('project-results', 8081),
  SIKU_TECHNOLOGY_RESERVE_URL: ServiceUrl('technology-reserve', 8082),
  SIKU_COOPERATION_DEMAND_URL: ServiceUrl('cooperation-demand', 8083),
  SIKU_PLATFORM_INSTITUTIONS_URL: ServiceUrl('platform-institutions', 8084),
  SIKU_MATCHING_URL: ServiceUrl('matching', 8085),
  SIKU_OIDC_ISSUER: Type.Optional(
    Type.String({ format: 'uri', description: 'Identity provider for sign-in (OpenID Connect); without it there is none' })
  ),
  SIKU_OIDC_CLIENT_ID: Type.Optional(Type.String({ minLength: 1, description: 'Client id at the identity provider' })),
  SIKU_OIDC_CLIENT_SECRET: Type.Optional(Type.String({ minLength: 1, description: 'Client secret at the identity provider' })),
  SIKU_OIDC_NAME: Type.Optional(
    Type.String({ minLength: 1, maxLength: 60, description: 'Name of the identity provider as the sign-in page shows it' })
  )
})
export type GatewayConfig = Static<typeof GatewayConfig>

export type OidcSettings = { issuer: string; clientId: string; clientSecret: string; name: string }

/** What the parts of the gateway are built from, checked for what a schema cannot say. */
export function settingsOf(config: GatewayConfig): AccountSettings & { secure: boolean; oidc: OidcSettings | undefined } {
  const url = new URL(config.SIKU_PUBLIC_URL)
  const secure = url.protocol === 'https:'
  if (!secure && !isLoopback(url)) {
    throw new StartError(
      'SIKU_GATEWAY_PUBLIC_URL_PLAIN',
      'SIKU_PUBLIC_URL must begin with https://; plain http is for 127.0.0.1 and localhost only'
    )
  }
  return { publicUrl: url.origin, secure, sessionHours: config.SIKU_SESSION_HOURS, idleHours: config.SIKU_IDLE_HOURS, oidc: oidcOf(config) }
}

function oidcOf(config: GatewayConfig): OidcSettings | undefined {
  const { SIKU_OIDC_ISSUER: issuer, SIKU_OIDC_CLIENT_ID: clientId, SIKU_OIDC_CLIENT_SECRET: clientSecret } = config
  if (issuer === undefined) return undefined
  if (clientId === undefined || clientSecret === undefined) {
    throw new StartError('SIKU_GATEWAY_OIDC_INCOMPLETE', 'SIKU_OIDC_ISSUER needs SIKU_OIDC_CLIENT_ID and SIKU_OIDC_CLIENT_SECRET beside it')
  }
  return { issuer, clientId, clientSecret, name: config.SIKU_OIDC_NAME ?? new URL(issuer).hostname }
}

export const upstreamUrls = (config: GatewayConfig): Record<Upstream, string> =>
  Object.fromEntries(upstreams.map((service) => [service, (config as Record<string, unknown>)[upstreamSetting(service)]])) as Record<
    Upstream,
    string
  >

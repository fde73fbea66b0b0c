import { embedderKinds, serviceConfig, StartError, type EmbedderOptions, type VerifyToken, createTokenVerifier } from '@siku/service-kit'
import { Type, type Static } from 'typebox'

/** Settings of the matching process; their descriptions are the environment page. */
export const MatchingConfig = serviceConfig('matching', {
  EMBEDDER_URL: Type.Optional(
    Type.String({
      format: 'uri',
      description:
        'Embedding server that is sent what records say in public, for similarity in meaning. Without it matching works with concepts alone; ' +
        'every matching worker needs the same, for one without it turns vectors off for all',
      examples: ['http://127.0.0.1:8765']
    })
  ),
  EMBEDDER_KIND: Type.Enum(embedderKinds, { default: 'openai', description: 'What the embedding server speaks' }),
  EMBEDDER_MODEL: Type.Optional(
    Type.String({ minLength: 1, description: 'Model to ask the embedding server for, where it has several', examples: ['bge-m3'] })
  ),
  EMBEDDER_KEY: Type.Optional(Type.String({ minLength: 1, description: 'Key for the embedding server' })),
  SIKU_PRIORITIES_FILE: Type.Optional(
    Type.String({
      minLength: 1,
      description:
        'File with what the plan of a city puts first; it orders the queue of staff only. `none`, or nothing at all: no priorities',
      examples: ['infra/profiles/beijing/priorities.json']
    })
  )
})
export type MatchingConfig = Static<typeof MatchingConfig>
export type EmbedderSettings = Partial<Pick<MatchingConfig, 'EMBEDDER_URL' | 'EMBEDDER_KIND' | 'EMBEDDER_MODEL' | 'EMBEDDER_KEY'>>

/** The embedding server of these settings, if one is named. */
export function embedderOf(settings: EmbedderSettings): EmbedderOptions | undefined {
  const { EMBEDDER_URL: url, EMBEDDER_KIND: kind = 'openai', EMBEDDER_MODEL: model, EMBEDDER_KEY: key } = settings
  return url === undefined ? undefined : { url, kind, model, key }
}

export function verifierFor(jwksUrl: string | undefined, now: () => Date): VerifyToken {
  if (jwksUrl === undefined) {
    throw new StartError(
      'SIKU_MATCHING_NO_KEYS',
      'matching cannot check access tokens; set SIKU_JWKS_URL to the gateway’s /.well-known/jwks.json'
    )
  }
  return createTokenVerifier({ audience: 'matching', keys: new URL(jwksUrl), now })
}

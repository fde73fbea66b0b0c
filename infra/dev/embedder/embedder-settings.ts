import { MatchingConfig, type EmbedderSettings } from '@siku/matching'
import { embedderKinds, StartError } from '@siku/service-kit'

/** The settings of the embedder as they stand in the environment; an empty one counts as absent. */
export function embedderSettings(): EmbedderSettings {
  const given = (name: keyof EmbedderSettings) => process.env[name] || undefined
  const [url, kind] = [given('EMBEDDER_URL'), given('EMBEDDER_KIND')]
  if (url !== undefined && !URL.canParse(url))
    throw new StartError('SIKU_CONFIG_INVALID', `EMBEDDER_URL must be ${meaningOf('EMBEDDER_URL')}`)
  const known = embedderKinds.find((one) => one === kind)
  if (kind !== undefined && known === undefined)
    throw new StartError('SIKU_CONFIG_INVALID', `EMBEDDER_KIND must be one of ${embedderKinds.join(', ')}`)
  return { EMBEDDER_URL: url, EMBEDDER_KIND: known, EMBEDDER_MODEL: given('EMBEDDER_MODEL'), EMBEDDER_KEY: given('EMBEDDER_KEY') }
}

const meaningOf = (name: keyof EmbedderSettings): string =>
  `an address, such as ${(MatchingConfig.properties[name] as { examples?: string[] }).examples?.[0] ?? 'http://127.0.0.1:8765'}`

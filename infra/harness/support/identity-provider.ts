import type { Teardown } from '@siku/testing'
import { localServer } from './local-server.ts'

/** An identity provider that says who it is and takes no code: what comes back from it is made up by whoever asks. */
export async function suspiciousProvider(t: Teardown): Promise<{ issuer: string; env: Record<string, string> }> {
  const issuer = await localServer(t, ({ url, headers }, response) => {
    const own = `http://${headers.host}`
    const description = {
      issuer: own,
      authorization_endpoint: `${own}/authorize`,
      token_endpoint: `${own}/token`,
      jwks_uri: `${own}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256']
    }
    const isDiscovery = url === '/.well-known/openid-configuration'
    response.writeHead(isDiscovery ? 200 : 400, { 'content-type': 'application/json' })
    response.end(JSON.stringify(isDiscovery ? description : { error: 'invalid_grant' }))
  })
  return { issuer, env: { SIKU_OIDC_ISSUER: issuer, SIKU_OIDC_CLIENT_ID: 'siku', SIKU_OIDC_CLIENT_SECRET: 'shh' } }
}

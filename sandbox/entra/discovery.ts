import { publicKey } from './tokens';

/** What an authority says about itself. Sources: OpenID Connect Discovery; what MSAL reads of it. */

export function openIdConfiguration(authority: string, issuer: string): Record<string, unknown> {
  return {
    token_endpoint: `${authority}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: [
      'client_secret_post',
      'private_key_jwt',
      'client_secret_basic',
    ],
    jwks_uri: `${authority}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer,
    authorization_endpoint: `${authority}/oauth2/v2.0/authorize`,
    end_session_endpoint: `${authority}/oauth2/v2.0/logout`,
    tenant_region_scope: null,
    cloud_instance_name: 'microsoftonline.com',
  };
}

export const keySet = (): Record<string, unknown> => ({ keys: [publicKey()] });

/**
 * Which hosts are one cloud. MSAL asks the public cloud for it when it does not know an authority, so it comes
 * here only from a client that sends all its requests to the sandbox.
 */
export function instanceDiscovery(authorizationEndpoint: string): object {
  const { host } = new URL(authorizationEndpoint);
  const authority = authorizationEndpoint.replace(/\/oauth2\/(v2\.0\/)?authorize.*$/, '');
  return {
    tenant_discovery_endpoint: `${authority}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  };
}

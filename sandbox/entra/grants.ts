import type { Fields } from './client';
import { aadErrors, type AadError } from './errors';
import { isUrl, withoutTrailingSlash } from './urls';
import type { UserGrants } from './user-grants';

/** What a token is given for. Source: Microsoft Entra docs, v2-oauth2-client-creds-grant-flow and v2-oauth2-auth-code-flow. */

export interface Grant {
  resource: string;
  /** Of a user's sign-in: what was granted. */
  scopes?: string[];
  refreshToken?: string;
}

export type GrantReader = (form: Fields, users: UserGrants) => Grant | AadError;

/** `https://org/.default` opens `https://org`. A doubled slash keeps its slash, as in Entra ID. */
function ofScope(form: Fields): Grant | AadError {
  if (!form.scope) return aadErrors.missingParameter('scope');
  const scopes = form.scope.split(' ').filter((scope) => scope !== '');
  const [scope = ''] = scopes;
  if (scopes.length !== 1 || !isUrl(scope)) return aadErrors.badScope(form.scope);
  if (!scope.endsWith('/.default')) return aadErrors.unqualifiedScope(scope);
  return { resource: scope.slice(0, -'/.default'.length) };
}

function ofResource(form: Fields): Grant | AadError {
  if (!form.resource) return aadErrors.missingParameter('resource');
  if (!isUrl(form.resource)) return aadErrors.unknownResource(form.resource, '');
  return { resource: form.resource };
}

/** By `grant_type`, for each version of the endpoint. The first one is older, and has a `resource` in the place of a scope. */
export const GRANTS: Readonly<Record<1 | 2, Readonly<Record<string, GrantReader>>>> = {
  1: { client_credentials: ofResource },
  2: {
    client_credentials: ofScope,
    authorization_code: (form, users) => users.redeem(form),
    refresh_token: (form, users) => users.refresh(form),
  },
};

/** Where only some resources are known, whether this is one of them. */
export function checkResource(
  { resource }: Grant,
  { resources, tenantId }: { resources?: readonly string[]; tenantId: string },
): AadError | undefined {
  const known = resources?.map(withoutTrailingSlash);
  return known && !known.includes(withoutTrailingSlash(resource))
    ? aadErrors.unknownResource(resource, tenantId)
    : undefined;
}

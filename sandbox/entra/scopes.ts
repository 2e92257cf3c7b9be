import { aadErrors, failure, type AadError } from './errors';
import { isUrl } from './urls';

/** Scopes of a user's sign-in. Source: Microsoft Entra docs, scopes-oidc. */

const OPENID = new Set(['openid', 'profile', 'email', 'offline_access']);

/** What an app without a resource of its own gets a token for (scopes-oidc: Microsoft Graph is assumed). */
const GRAPH = 'https://graph.microsoft.com';

/** What Dataverse has for users, and all that the app has consent for. */
const PERMISSIONS = new Set(['user_impersonation', '.default']);

export interface UserScope {
  /** As asked for, in its order. */
  scopes: string[];
  resource: string;
}

interface Permission {
  resource: string;
  name: string;
}

/** `https://org//user_impersonation` opens `https://org/`: what is before the last slash. */
function permissionIn(scope: string): Permission {
  const cut = scope.lastIndexOf('/');
  return { resource: scope.slice(0, cut), name: scope.slice(cut + 1) };
}

/** The resource that the scopes are for, or why they are not valid. */
export function userScope(text: string | undefined): UserScope | AadError {
  const scopes = (text ?? '').split(' ').filter((scope) => scope !== '');
  if (scopes.length === 0) return aadErrors.missingParameter('scope');
  const own = scopes.filter((scope) => !OPENID.has(scope));
  const wrong = own.find((scope) => !isUrl(permissionIn(scope).resource));
  if (wrong !== undefined) return aadErrors.badScope(wrong);
  const permissions = own.map(permissionIn);
  const [{ resource } = { resource: GRAPH }] = permissions;
  if (permissions.some((permission) => permission.resource !== resource)) {
    return failure(
      400,
      'invalid_scope',
      28000,
      'Provided value for the input parameter scope is not valid because it contains more than one resource.',
    );
  }
  const unknown = permissions.find(({ name }) => !PERMISSIONS.has(name));
  if (unknown) {
    return failure(
      400,
      'invalid_client',
      650053,
      `The application asked for scope '${unknown.name}' that doesn't exist on the resource '${resource}'.`,
    );
  }
  return { scopes, resource };
}

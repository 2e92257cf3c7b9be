import type { AadError } from './errors';

/**
 * Refusals that depend on how a tenant is set up and not on the request, by AADSTS code; one of them can be asked
 * for. Source: Microsoft Entra docs, reference-error-codes. The texts may differ from those of today.
 */
const REFUSALS: Readonly<Record<number, Omit<AadError, 'code'>>> = {
  65001: {
    status: 400,
    error: 'invalid_grant',
    message: 'The user or administrator has not consented to use the application.',
  },
  50076: {
    status: 400,
    error: 'invalid_grant',
    message:
      'Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access the resource.',
  },
  50079: {
    status: 400,
    error: 'invalid_grant',
    message:
      'Due to a configuration change made by your administrator, or because you moved to a new location, you must enroll in multi-factor authentication to access the resource.',
  },
  50105: {
    status: 400,
    error: 'invalid_grant',
    message: 'The signed in user is not assigned to a role for the application.',
  },
  50194: {
    status: 400,
    error: 'invalid_request',
    message: 'The application is not configured as a multi-tenant application.',
  },
  50196: {
    status: 400,
    error: 'invalid_grant',
    message: 'The server terminated an operation because it encountered a client request loop.',
  },
  53003: {
    status: 400,
    error: 'invalid_grant',
    message: 'Access has been blocked by Conditional Access policies.',
  },
  530003: {
    status: 400,
    error: 'invalid_grant',
    message: 'Your device is required to be managed to access this resource.',
  },
  70001: { status: 400, error: 'unauthorized_client', message: 'The application is disabled.' },
  500011: {
    status: 400,
    error: 'invalid_resource',
    message: 'The resource principal was not found in the tenant.',
  },
  650052: {
    status: 400,
    error: 'unauthorized_client',
    message: 'The app needs access to a service that your organization has not subscribed to.',
  },
  650056: { status: 400, error: 'invalid_client', message: 'Misconfigured application.' },
  650057: {
    status: 400,
    error: 'invalid_resource',
    message:
      "The resource is not listed in the requested permissions of the application's registration.",
  },
  700011: {
    status: 400,
    error: 'unauthorized_client',
    message: 'Application with the given identifier was not found in the directory.',
  },
  700025: {
    status: 401,
    error: 'invalid_client',
    message:
      "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
  },
  700027: {
    status: 401,
    error: 'invalid_client',
    message: 'Client assertion failed signature validation.',
  },
  700030: {
    status: 401,
    error: 'invalid_client',
    message: 'Invalid certificate: its subject name is not authorized.',
  },
  700082: {
    status: 400,
    error: 'invalid_grant',
    message: 'The refresh token has expired due to inactivity.',
  },
  7000112: { status: 400, error: 'unauthorized_client', message: 'Application is disabled.' },
  7000229: {
    status: 401,
    error: 'invalid_client',
    message: 'The client application is missing service principal in the tenant.',
  },
  9002327: {
    status: 400,
    error: 'invalid_request',
    message:
      "Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests.",
  },
  7000222: {
    status: 401,
    error: 'invalid_client',
    message: 'The provided client secret keys are expired. Create new keys for the app.',
  },
};

export const refusalCodes = Object.keys(REFUSALS).map(Number);

export function refusalOf(code: number): AadError | undefined {
  const found = REFUSALS[code];
  return found && { ...found, code };
}

/** Error bodies of Entra ID. Source: Microsoft Entra docs, reference-error-codes, and recorded answers. */

export interface AadError {
  status: number;
  error: string;
  code: number;
  message: string;
}

export const failure = (
  status: number,
  error: string,
  code: number,
  message: string,
): AadError => ({
  status,
  error,
  code,
  message,
});

export const aadErrors = {
  badSecret: (clientId: string) =>
    failure(
      401,
      'invalid_client',
      7000215,
      'Invalid client secret provided. Ensure the secret being sent in the request is the client secret ' +
        `value, not the client secret ID, for a secret added to app '${clientId}'.`,
    ),
  noCredential: () =>
    failure(
      401,
      'invalid_client',
      7000218,
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    ),
  unknownApplication: (clientId: string, tenant: string) =>
    failure(
      400,
      'unauthorized_client',
      700016,
      `Application with identifier '${clientId}' was not found in the directory '${tenant}'. This can happen ` +
        'if the application has not been installed by the administrator of the tenant or consented to by ' +
        'any user in the tenant. You may have sent your authentication request to the wrong tenant.',
    ),
  badScope: (scope: string) =>
    failure(
      400,
      'invalid_scope',
      70011,
      `The provided request must include a 'scope' input parameter. The provided value for the input ` +
        `parameter 'scope' is not valid. The scope ${scope} is not valid.`,
    ),
  unqualifiedScope: (scope: string) =>
    failure(
      400,
      'invalid_scope',
      1002012,
      `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value ` +
        'with /.default suffixed to the resource identifier (application ID URI).',
    ),
  unknownResource: (resource: string, tenant: string) =>
    failure(
      400,
      'invalid_resource',
      500011,
      `The resource principal named ${resource} was not found in the tenant named ${tenant}. This can happen ` +
        'if the application has not been installed by the administrator of the tenant or consented to by ' +
        'any user in the tenant. You might have sent your authentication request to the wrong tenant.',
    ),
  unknownTenant: (tenant: string) =>
    failure(
      400,
      'invalid_request',
      90002,
      `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into ` +
        'the correct cloud. Check with your subscription administrator, this may happen if there are no ' +
        'active subscriptions for the tenant.',
    ),
  missingParameter: (name: string) =>
    failure(
      400,
      'invalid_request',
      900144,
      `The request body must contain the following parameter: '${name}'.`,
    ),
  badGrant: (grant: string) =>
    failure(
      400,
      'unsupported_grant_type',
      70003,
      `The app requested an unsupported grant type '${grant}'.`,
    ),
} as const;

export interface AadErrorBody {
  error: string;
  error_description: string;
  error_codes: number[];
  timestamp: string;
  trace_id: string;
  correlation_id: string;
  error_uri: string;
}

/** The body as Entra ID words it; `correlationId` is the client's own when it sent one. */
export function aadBody(
  { error, code, message }: AadError,
  ids: { traceId: string; correlationId: string; now: Date },
): AadErrorBody {
  const timestamp = ids.now.toISOString().replace('T', ' ').replace(/\.\d+/, '');
  return {
    error,
    error_description:
      `AADSTS${code}: ${message} Trace ID: ${ids.traceId} Correlation ID: ${ids.correlationId} ` +
      `Timestamp: ${timestamp}`,
    error_codes: [code],
    timestamp,
    trace_id: ids.traceId,
    correlation_id: ids.correlationId,
    error_uri: `https://login.microsoftonline.com/error?code=${code}`,
  };
}

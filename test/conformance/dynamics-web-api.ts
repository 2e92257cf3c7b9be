import { DynamicsWebApi } from 'dynamics-web-api';
import type { RunningSandbox } from '../../sandbox/start';

/** The independent client `dynamics-web-api`, unchanged, as its users set it up. */

export interface Failure {
  status: number;
  code: string;
  message: string;
}

export type Json = Record<string, unknown>;

export async function fetchToken({ entra, dataverse }: RunningSandbox): Promise<string> {
  const response = await fetch(`${entra.url}/${entra.tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: entra.clientId,
      client_secret: entra.clientSecret,
      scope: dataverse.scope,
    }),
  });
  const { access_token: token } = (await response.json()) as { access_token: string };
  return token;
}

export const independentClient = (sandbox: RunningSandbox): DynamicsWebApi =>
  new DynamicsWebApi({
    serverUrl: `${sandbox.dataverse.url}/`,
    dataApi: { version: '9.2' },
    onTokenRefresh: () => fetchToken(sandbox),
  });

/** What a request that must be refused was refused with. */
export async function failureOf(work: Promise<unknown>): Promise<Failure> {
  try {
    await work;
  } catch (error) {
    return error as Failure;
  }
  throw new Error('The request should have been refused');
}

export const createAccount = (api: DynamicsWebApi, fields: Json = {}): Promise<string> =>
  api.create<Json, string>({
    collection: 'accounts',
    data: { name: 'Northwind Traders', accountnumber: 'NW-1', ...fields },
  });

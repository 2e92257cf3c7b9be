import { z } from 'zod';

import { type ServiceError, validationError } from '../../../errors';
import { redact } from '../../../http/redact';
import type { HttpResponse, Send } from '../../../http/types';
import { secureUrl } from '../../../http/url';
import { CREDENTIAL_NAME } from '../api';
import { misled, signInRefused } from '../../kit/failure';
import type { OAuth2Profile } from '../profile/schema';
import type { Proven } from './kept';

export interface OAuth2Client {
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
  scope?: string;
}

const tokenSchema = z
  .object({
    access_token: z.string().min(1),
    expires_in: z.coerce.number().positive().optional().catch(undefined),
  })
  .passthrough();

const refusalSchema = z
  .object({ error: z.string(), error_description: z.string().optional() })
  .passthrough();

function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

const ADDRESS = `Enter the address at which the service gives tokens as Token URL in the credential ${CREDENTIAL_NAME}.`;

const WORDS = { service: 'Clarity', redirected: ADDRESS, notJson: ADDRESS };

/** RFC 6749, 5.2. */
function refused(response: HttpResponse): ServiceError {
  const said = refusalSchema.safeParse(parsed(response.body));
  const reason = said.success ? (said.data.error_description ?? said.data.error) : undefined;
  return signInRefused(
    `Clarity refused the sign-in with status ${response.status}${reason ? `: ${redact(reason).slice(0, 300)}` : ''}`,
    response,
    {
      passing: 'The token service is not well for the moment: try again later.',
      wrong: `Check Token URL, Client ID, Client Secret and Scope in the credential ${CREDENTIAL_NAME}.`,
    },
  );
}

/** OAuth 2.0 client credentials (RFC 6749, 4.4): form in, JSON out, no refresh token. */
export async function clientCredentials(
  send: Send,
  { clientIn, scope: usual }: Pick<OAuth2Profile, 'clientIn' | 'scope'>,
  { tokenUrl, clientId, clientSecret, scope = usual ?? '' }: OAuth2Client,
): Promise<Proven> {
  if (clientId === '' || clientSecret === '') {
    throw validationError(
      'Client ID or Client Secret is empty',
      `Fill in both in the credential ${CREDENTIAL_NAME}.`,
    );
  }
  const form = new URLSearchParams({ grant_type: 'client_credentials' });
  if (scope !== '') form.set('scope', scope);
  const headers: Record<string, string> = {
    accept: 'application/json',
    'content-type': 'application/x-www-form-urlencoded',
  };
  if (clientIn === 'header') {
    const pair = `${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`;
    headers['authorization'] = `Basic ${Buffer.from(pair).toString('base64')}`;
  } else {
    form.set('client_id', clientId);
    form.set('client_secret', clientSecret);
  }
  const response = await send({
    method: 'POST',
    url: secureUrl(tokenUrl, 'Token URL').href,
    headers,
    body: form.toString(),
    repeatable: true,
  });
  const token = response.status < 300 ? tokenSchema.safeParse(parsed(response.body)) : undefined;
  if (!token?.success) {
    const { pathname } = new URL(tokenUrl);
    throw misled(WORDS, response, { method: 'POST', path: pathname }) ?? refused(response);
  }
  const { access_token: value, expires_in: seconds } = token.data;
  return {
    headers: { authorization: `Bearer ${value}` },
    lifeMs: seconds === undefined ? undefined : seconds * 1000,
  };
}

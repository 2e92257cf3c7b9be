import { validationError } from '../../../errors';
import type { SendOptions } from '../../../http/send';
import type { HttpRequest } from '../../../http/types';
import { apiBase, type ClarityAddress, CREDENTIAL_NAME, hostOf, wordsOf } from '../api';
import { keptSignIn, type SignIn, type SignInOptions } from './kept';
import { clientCredentials, type OAuth2Client } from './oauth2';
import { sessionLogin, type SessionUser } from './session';

export { forgetSignIns, type SignIn, type SignInOptions } from './kept';

/** How a credential signs in. What of it is empty, the profile says where it can. */
export type ClarityAuth =
  | { by: 'apiKey'; header?: string; apiKey: string }
  | ({ by: 'oauth2' } & Omit<OAuth2Client, 'tokenUrl'> & { tokenUrl?: string })
  | ({ by: 'session' } & SessionUser);

export interface ClaritySettings extends ClarityAddress {
  auth: ClarityAuth;
}

function hasNo(way: string, profile: string) {
  return validationError(
    `The API profile "${profile}" has no sign-in by ${way}`,
    `Choose another Authentication in the credential ${CREDENTIAL_NAME}, or add it to API Profile under authentication.`,
  );
}

/** The token service may be at another address; else it is a path on the host of the API. */
function tokenUrl(url: string, given: string, path: string | undefined): string {
  if (given !== '') return given;
  if (path !== undefined) return `${hostOf(url)}${path}`;
  throw validationError(
    'Token URL is empty',
    `Fill it in in the credential ${CREDENTIAL_NAME}: the API profile names none.`,
  );
}

/** @throws a `ServiceError` where the settings cannot work */
export function signInTo(settings: ClaritySettings, options: SignInOptions = {}): SignIn {
  const { auth, profile } = settings;
  const { apiKey, oauth2, session } = profile.authentication;
  const base = apiBase(settings);
  switch (auth.by) {
    case 'apiKey': {
      const header = auth.header?.trim() || apiKey?.header;
      if (!header) throw hasNo('API key', profile.name);
      const headers = { [header.toLowerCase()]: auth.apiKey.trim() };
      return { headers: async () => await Promise.resolve(headers) };
    }
    case 'oauth2': {
      const { clientId, clientSecret, scope } = auth;
      const url = tokenUrl(settings.url, auth.tokenUrl?.trim() ?? '', oauth2?.tokenPath);
      const client = { tokenUrl: url, clientId, clientSecret, scope: scope?.trim() || undefined };
      return keptSignIn(
        ['oauth2', client, oauth2],
        async (send) => await clientCredentials(send, oauth2 ?? { clientIn: 'body' }, client),
        options,
      );
    }
    case 'session': {
      if (!session) throw hasNo('session', profile.name);
      const { provider, userName, password } = auth;
      const user = { provider: provider.trim() || 'credentials', userName, password };
      return keptSignIn(
        ['session', base, session, user],
        async (send) => await sessionLogin(send, base, session, user, wordsOf(profile)),
        options,
      );
    }
  }
}

type Renewing = Required<Pick<SendOptions, 'authorize' | 'onUnauthorized'>>;

function renewing(
  signIn: SignIn,
  signed: (request: HttpRequest, headers: Record<string, string>) => HttpRequest,
): Renewing {
  const proofs = new WeakMap<HttpRequest, Record<string, string>>();
  return {
    authorize: async (request) => {
      const headers = await signIn.headers();
      const made = signed(request, headers);
      proofs.set(made, headers);
      return made;
    },
    onUnauthorized: async (request) => {
      const rejected = proofs.get(request);
      return (await signIn.headers({ rejected })) !== rejected;
    },
  };
}

/** For `createSend`: signs every request, and after a 401 renews what was refused. */
export function signing(signIn: SignIn): Renewing {
  return renewing(signIn, (request, headers) => ({
    ...request,
    headers: { ...request.headers, ...headers },
  }));
}

/** For `createSend` where the transport signs the requests, as n8n does by the credential. */
export function renewalAfter401(signIn: SignIn): Renewing {
  return renewing(signIn, (request) => ({ ...request }));
}

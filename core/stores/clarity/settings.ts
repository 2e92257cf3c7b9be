import { validationError } from '../../errors';
import { CREDENTIAL_NAME } from './api';
import type { ClarityAuth, ClaritySettings } from './auth';
import { PROFILES, readProfile } from './profile/read';
import type { Profile } from './profile/schema';

/** The fields of the credential type `clarityApi`. Those of a sign-in that is not chosen may be missing. */
export interface ClarityCredential {
  /** Of the shop, or of its API. */
  apiUrl: string;
  /** One that comes with the pack, or `own`: then `profileText` holds it. */
  profile: 'brief' | 'cef' | 'own';
  profileText?: string;
  authentication: ClarityAuth['by'];
  apiKey?: string;
  apiKeyHeader?: string;
  tokenUrl?: string;
  clientId?: string;
  clientSecret?: string;
  scope?: string;
  userName?: string;
  password?: string;
  loginProvider?: string;
}

/** Each request of a node opens the store anew, mostly with the text of the last time. */
let last: { text: string; profile: Profile } | undefined;

function profileOf({ profile, profileText = '' }: ClarityCredential): Profile {
  const known = Object.hasOwn(PROFILES, profile) ? PROFILES[profile] : undefined;
  if (known) return known;
  if (profileText.trim() === '') {
    throw validationError(
      'API Profile is empty',
      `Write one in the credential ${CREDENTIAL_NAME}, such as { "extends": "cef" }, or choose one that comes with the pack.`,
    );
  }
  if (last?.text !== profileText) last = { text: profileText, profile: readProfile(profileText) };
  return last.profile;
}

function authOf(fields: ClarityCredential): ClarityAuth {
  const { authentication, apiKey = '', clientId = '', clientSecret = '' } = fields;
  switch (authentication) {
    case 'oauth2':
      return {
        by: 'oauth2',
        clientId: clientId.trim(),
        clientSecret: clientSecret.trim(),
        ...(fields.tokenUrl && { tokenUrl: fields.tokenUrl }),
        ...(fields.scope && { scope: fields.scope }),
      };
    case 'session': {
      const { loginProvider: provider = '', userName = '', password = '' } = fields;
      return { by: 'session', provider, userName: userName.trim(), password };
    }
    case 'apiKey':
      if (apiKey.trim() !== '') {
        return {
          by: 'apiKey',
          apiKey,
          ...(fields.apiKeyHeader && { header: fields.apiKeyHeader }),
        };
      }
      throw validationError('API Key is empty', `Fill it in in the credential ${CREDENTIAL_NAME}.`);
  }
}

/** What a credential says, ready for the client. Throws a `ServiceError` that names the field where it cannot work. */
export function claritySettings(fields: ClarityCredential): ClaritySettings {
  return { url: fields.apiUrl, profile: profileOf(fields), auth: authOf(fields) };
}

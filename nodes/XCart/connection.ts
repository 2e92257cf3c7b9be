import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { apiBase, isClassic, storefront, type XCartApiKind } from '../../core/stores/xcart/api';
import type { XCart } from '../../core/stores/xcart/client';
import { loginIn, xCartTokens } from '../../core/stores/xcart/login';
import { openXCart } from '../../core/stores/xcart/open';
import type { XCartSignIn } from '../../core/stores/xcart/signIn';
import type { StoreIdentity } from '../../core/feeds/records';
import { renewalAfter401 } from '../../core/http/token';
import { ORDERS } from '../../core/stores/xcart/feed';
import { serviceConnection } from '../shared/connection';
import type { SignIns } from '../shared/credentials';
import { identityIn, type NamedStore, type StoreService } from '../shared/records/service';

/** The first one signs with a key, or signs in with name and password; the other one has a token that n8n renews. */
export const SIGN_INS: SignIns = [
  { type: 'xCartApi', name: 'API Key or User', value: 'apiKey' },
  { type: 'xCartOAuth2Api', name: 'OAuth2', value: 'oAuth2', isOAuth2: true },
];

/** The fields of both credential types. n8n itself signs the requests. */
interface XCartCredential extends NamedStore {
  /** Of which type they are. */
  signIn: XCartSignIn;
  /** Left out: saved before there was a choice. */
  api?: XCartApiKind;
  storeUrl: string;
  /** Of the key; with OAuth 2.0 it says where n8n puts the client's secret. */
  authentication?: string;
  apiKey?: string;
  username?: string;
  clientId?: string;
  version: '5.5.0' | '5.5.1';
  webhookSecret?: string;
}

export interface Store extends StoreIdentity {
  client: XCart;
  api: XCartApiKind;
  signIn: XCartSignIn;
  /** The store can be asked for what changed since a moment (X-Cart 5.5.1 and newer). */
  modifiedSinceFilter: boolean;
  webhookSecret: string;
}

/** A shop is one PHP server, not a cloud: few requests at once, more as long as it answers well. */
const IN_FLIGHT = { start: 4, max: 12 };

function signInOf(fields: ICredentialDataDecryptedObject, type: string): XCartSignIn {
  if (type === 'xCartOAuth2Api') return 'oAuth2';
  return loginIn(fields) ? 'password' : 'apiKey';
}

/** The store that the node's credential names. */
export const openStore = serviceConnection({
  credential: SIGN_INS,
  settings: (fields, type) =>
    ({ ...fields, signIn: signInOf(fields, type) }) as unknown as XCartCredential,
  countedBy: ({ storeUrl, apiKey, clientId, ...fields }) => [
    apiBase(storeUrl),
    loginIn({ ...fields })?.username ?? apiKey ?? clientId ?? '',
  ],
  limits: IN_FLIGHT,
  auth: (settings) => {
    const login = loginIn({ ...settings });
    return login ? renewalAfter401(xCartTokens(login)) : {};
  },
  create: ({ settings, send, signal }, { timeoutMs }): Store => ({
    ...identityIn(settings, storefront(settings.storeUrl)),
    client: openXCart({
      api: settings.api,
      storeUrl: settings.storeUrl,
      signIn: settings.signIn,
      send,
      timeoutMs,
      signal,
    }),
    api: isClassic(settings.api) ? 'classic' : 'rest',
    signIn: settings.signIn,
    modifiedSinceFilter: !isClassic(settings.api) && settings.version === '5.5.1',
    webhookSecret: settings.webhookSecret?.trim() ?? '',
  }),
});

export const xCart: StoreService<Store> = {
  name: 'X-Cart',
  platform: ORDERS.platform,
  open: openStore,
};

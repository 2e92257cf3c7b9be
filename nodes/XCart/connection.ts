import { apiBase, isClassic, storefront, type XCartApiKind } from '../../core/stores/xcart/api';
import type { XCart } from '../../core/stores/xcart/client';
import { loginIn, xCartTokens } from '../../core/stores/xcart/login';
import { openXCart } from '../../core/stores/xcart/open';
import { storeAddress } from '../../core/stores/kit/address';
import type { StoreIdentity } from '../../core/stores/kit/records';
import { renewalAfter401 } from '../../core/http/token';
import { serviceConnection } from '../shared/connection';
import type { StoreService } from '../shared/records/service';

export const XCART_CREDENTIAL = 'xCartApi';

/** The fields of the credential type `xCartApi`. n8n itself adds the API key to the requests. */
interface XCartCredential {
  /** Left out: saved before there was a choice. */
  api?: XCartApiKind;
  storeUrl: string;
  storeName: string;
  authentication?: 'apiKey' | 'password';
  apiKey: string;
  username?: string;
  version: '5.5.0' | '5.5.1';
  webhookSecret?: string;
}

export interface Store extends StoreIdentity {
  client: XCart;
  api: XCartApiKind;
  /** The store can be asked for what changed since a moment (X-Cart 5.5.1 and newer). */
  modifiedSinceFilter: boolean;
  webhookSecret: string;
}

/** A shop is one PHP server, not a cloud: few requests at once, more as long as it answers well. */
const IN_FLIGHT = { start: 4, max: 12 };

/** The store that the node's credential names. */
export const openStore = serviceConnection({
  credential: XCART_CREDENTIAL,
  settings: (fields) => fields as unknown as XCartCredential,
  countedBy: ({ storeUrl, apiKey, ...fields }) => [
    apiBase(storeUrl),
    loginIn({ ...fields })?.username ?? apiKey,
  ],
  limits: IN_FLIGHT,
  auth: (settings) => {
    const login = loginIn({ ...settings });
    return login ? renewalAfter401(xCartTokens(login)) : {};
  },
  create: ({ settings, send, signal }, { timeoutMs }): Store => ({
    client: openXCart({ api: settings.api, storeUrl: settings.storeUrl, send, timeoutMs, signal }),
    api: isClassic(settings.api) ? 'classic' : 'rest',
    name: settings.storeName.trim() || 'main',
    address: storeAddress(storefront(settings.storeUrl)),
    modifiedSinceFilter: !isClassic(settings.api) && settings.version === '5.5.1',
    webhookSecret: settings.webhookSecret?.trim() ?? '',
  }),
});

export const xCart: StoreService<Store> = { name: 'X-Cart', open: openStore };

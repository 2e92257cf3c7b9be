import { parseUrl } from '../../core/http/url';
import { storeAddress } from '../../core/stores/kit/address';
import type { StoreIdentity } from '../../core/feeds/records';
import { storeZone, type StoreZone } from '../../core/stores/kit/zone';
import { apiBase, storeUrl } from '../../core/stores/threedcart/api';
import { createThreeDCart, type ThreeDCart } from '../../core/stores/threedcart/client';
import type { ThreeDCartSignIn } from '../../core/stores/threedcart/signIn';
import { numberIn } from '../../core/values';
import { ORDERS } from '../../core/stores/threedcart/feed';
import { serviceConnection } from '../shared/connection';
import type { SignIns } from '../shared/credentials';
import { identityIn, type NamedStore, type StoreService } from '../shared/records/service';

/** The first one signs with three headers, the other one with a token that n8n renews. */
export const SIGN_INS: SignIns = [
  { type: 'threeDCartApi', name: 'Private Key and Token', value: 'privateKey' },
  { type: 'threeDCartOAuth2Api', name: 'OAuth2', value: 'oAuth2', isOAuth2: true },
];

/** The fields of both credential types. n8n itself signs the requests. */
interface ThreeDCartCredential extends NamedStore {
  secureUrl: string;
  timeZone: string;
  apiUrl: string;
  requestsPerSecond?: unknown;
  /** OAuth 2.0 came with v2, and has no other. */
  version?: 'v1' | 'v2';
  signIn: ThreeDCartSignIn;
}

export interface Store extends StoreIdentity {
  client: ThreeDCart;
  /** The clock by which the store writes its dates. */
  zone: StoreZone;
  /** Of the store as its API counts it, however the credential writes its address. */
  key: string;
}

const signInOf = (type: string): ThreeDCartSignIn =>
  type === 'threeDCartOAuth2Api' ? 'oAuth2' : 'privateKey';

/** What 3dcart takes from one store (developers report it; 3dcart itself says nothing). */
const PER_SECOND = 2;

/** More would only queue up behind a rate of two a second, and time out there. */
const IN_FLIGHT = { start: 2, max: 4 };

const rateOf = ({ requestsPerSecond }: ThreeDCartCredential): number =>
  Math.max(1, Math.floor(numberIn(requestsPerSecond) ?? PER_SECOND));

/** One store has one rate, whichever credential and version of the API, and however its address is written. */
const countedBy = (fields: ThreeDCartCredential): string[] => [
  parseUrl(apiBase(fields))?.host ?? '',
  storeAddress(storeUrl(fields.secureUrl)),
];

/** The store that the node's credential names. */
export const openStore = serviceConnection({
  credential: SIGN_INS,
  settings: (fields, type) =>
    ({ ...fields, signIn: signInOf(type) }) as unknown as ThreeDCartCredential,
  countedBy,
  limits: (fields) => ({ ...IN_FLIGHT, rate: { requests: rateOf(fields), perMs: 1000 } }),
  create: ({ settings, send, signal }, { timeoutMs }): Store => {
    const { apiUrl, version, timeZone, signIn } = settings;
    return {
      ...identityIn(settings, storeUrl(settings.secureUrl)),
      client: createThreeDCart({ apiUrl, version, timeZone, signIn, send, timeoutMs, signal }),
      zone: storeZone(timeZone),
      key: countedBy(settings).join(' '),
    };
  },
});

export const threeDCart: StoreService<Store> = {
  name: '3dcart',
  platform: ORDERS.platform,
  open: openStore,
};

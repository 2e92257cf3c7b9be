import { apiBase } from '../../core/stores/clarity/api';
import { renewalAfter401, signInTo } from '../../core/stores/clarity/auth';
import { type Clarity, createClarity } from '../../core/stores/clarity/client';
import { type ClarityCredential, claritySettings } from '../../core/stores/clarity/settings';
import type { StoreIdentity } from '../../core/feeds/records';
import { ORDERS } from '../../core/stores/clarity/feed';
import { serviceConnection } from '../shared/connection';
import { identityIn, type NamedStore, type StoreService } from '../shared/records/service';

export const CLARITY_CREDENTIAL = 'clarityApi';

/** The fields of the credential type `clarityApi`. n8n itself signs the requests. */
type StoreCredential = ClarityCredential & NamedStore;

export interface Store extends StoreIdentity {
  client: Clarity;
}

/** A shop is one deployment, not a cloud: few requests at once, more as long as it answers well. */
const IN_FLIGHT = { start: 4, max: 12 };

/** The store that the node's credential names. */
export const openStore = serviceConnection({
  credential: CLARITY_CREDENTIAL,
  settings: (fields) => {
    const { storeName, currency = '' } = fields as unknown as StoreCredential;
    return { ...claritySettings(fields as unknown as ClarityCredential), storeName, currency };
  },
  countedBy: (settings) => [apiBase(settings)],
  limits: IN_FLIGHT,
  auth: (settings) => renewalAfter401(signInTo(settings)),
  create: ({ settings, send, signal }, { timeoutMs }): Store => ({
    ...identityIn(settings, settings.url),
    client: createClarity({ ...settings, send, timeoutMs, signal }),
  }),
});

export const clarity: StoreService<Store> = {
  name: 'Clarity',
  platform: ORDERS.platform,
  open: openStore,
};

import type { IDataObject } from 'n8n-workflow';

import { XCartApi } from '../../../credentials/XCartApi.credentials';
import { XCart } from '../../../nodes/XCart/XCart.node';
import { XCartTrigger } from '../../../nodes/XCartTrigger/XCartTrigger.node';
import { XCART_CREDENTIALS } from '../../../sandbox/xcart';
import { describeStore } from './describeStore';
import { secretIn, signedIn } from './proofs';
import { startSandboxShop } from './sandboxShop';
import { type KindUnderTest, operationsOf, USUAL_OPERATIONS } from './service';

const idOf = ({ id }: IDataObject): string => String(id);

const PRODUCTS: KindUnderTest = {
  kind: 'product',
  many: 'products',
  operations: operationsOf('product'),
  byContent: true,
  idOf,
};

/** The trigger adds the addresses, and the shop has administrators in the same list. */
const CUSTOMERS: KindUnderTest = {
  kind: 'customer',
  many: 'customers',
  operations: operationsOf('customer'),
  byContent: true,
  idOf,
  isOne: ({ access_level: level }) => level === 0,
  shownAlike: ({ addresses, ...profile }) => profile,
  requestsForOne: 2,
};

/** Ids of addresses stand in one document, their texts in another. */
const CLASSIC_CUSTOMERS: KindUnderTest = { ...CUSTOMERS, requestsForOne: 3 };

const { writeKey: apiKey, webhookSecret } = XCART_CREDENTIALS;

/**
 * 5.5.0 cannot be asked for what changed since a moment, only for a list that is sorted by it. Nor can 5.4 and older, which
 * speak another protocol.
 */
describe.each([
  { version: '5.5.0', api: 'rest', pageSize: 100, requestsFor: { listed: 0, one: 1 } },
  { version: '5.5.1', api: 'rest', pageSize: 100, requestsFor: { listed: 0, one: 1 } },
  { version: '5.4', api: 'classic', pageSize: 50, requestsFor: { listed: 1, one: 2 } },
])('version $version', ({ version, api, ...more }) => {
  describeStore({
    name: `X-Cart ${version}`,
    platform: 'xcart',
    trigger: new XCartTrigger(),
    node: new XCart(),
    credentialType: new XCartApi(),
    credential: (url) => ({
      api,
      storeUrl: url,
      apiKey,
      version,
      storeName: 'main',
      webhookSecret,
    }),
    numberOf: ({ order_number: number }) => String(number),
    ...more,
    operations: USUAL_OPERATIONS,
    webhook: {
      secret: webhookSecret,
      withoutSecret: { webhookSecret: '' },
      proofs: [signedIn('X-Webhook-Signature'), secretIn('X-Webhook-Secret')],
      body: ({ event, id, kind }) => `{"event":"${kind}.${event}","id":${id}}`,
      delivery: (id) => ({ 'X-Webhook-Delivery': id }),
    },
    // They do not depend on the version of 5.5.
    kinds: version === '5.5.0' ? [] : [PRODUCTS, api === 'rest' ? CUSTOMERS : CLASSIC_CUSTOMERS],
    startShop: async () =>
      await startSandboxShop('xcart', { lastRenewDateFilter: version === '5.5.1' }),
  });
});

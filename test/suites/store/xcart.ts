/** The records of X-Cart, as its APIs and an add-on for webhooks show them. */
import type { IDataObject } from 'n8n-workflow';

import { XCART_CREDENTIALS } from '../../../sandbox/xcart';
import { secretIn, signedIn } from './proofs';
import {
  type KindUnderTest,
  type Operations,
  operationsOf,
  moneyOf,
  shipmentOf,
  type StoreUnderTest,
  USUAL_OPERATIONS,
  type WebhookUnderTest,
} from './service';

const idOf = ({ id }: IDataObject): string => String(id);

const PRODUCTS: KindUnderTest = {
  kind: 'product',
  many: 'products',
  operations: operationsOf('product'),
  byContent: true,
  idOf,
  hasSource: true,
};

/** Addresses stand beside a profile, and the shop has administrators in the same list: node and trigger leave them out. */
const CUSTOMERS: KindUnderTest = {
  kind: 'customer',
  many: 'customers',
  operations: operationsOf('customer'),
  byContent: true,
  idOf,
  hasSource: true,
  requestsForOne: 2,
};

/** Ids of addresses stand in one document, their texts in another. */
const CLASSIC_CUSTOMERS: KindUnderTest = { ...CUSTOMERS, requestsForOne: 3 };

/** The classic API alone takes tracking numbers; over REST an item says to do without. */
export const xCartOperations = (api: 'classic' | 'rest'): Operations => ({
  ...USUAL_OPERATIONS,
  told: {
    codes: { sent: 'S', next: 'D', person: 'P' },
    setStatus: (id, shippingStatus) => ({
      ...USUAL_OPERATIONS.getOrder(id),
      ...{ operation: 'updateShippingStatus', shippingStatus },
    }),
    addShipment: (id, trackingNumber, code) =>
      shipmentOf(id, code, {
        trackingNumber,
        ...(api === 'rest' && { withTracking: 'leaveOut' }),
      }),
    moneyOf: (id) => [['a refund', moneyOf('recordRefund', id, { amount: 0 })]],
    statusOf: ({ shipping_status: status }) => String((status as IDataObject)['code']),
  },
});

interface Version extends Pick<StoreUnderTest, 'kinds' | 'pageSize' | 'requestsFor'> {
  version: string;
  api: 'classic' | 'rest';
}

const REST = { api: 'rest', pageSize: 100, requestsFor: { listed: 0, one: 1 } } as const;

/**
 * 5.5.0 cannot be asked for what changed since a moment, only for a list that is sorted by it. Nor can 5.4 and older, which
 * speak another protocol.
 */
export const XCART_VERSIONS: readonly Version[] = [
  // Products and customers do not depend on the version of 5.5.
  { version: '5.5.0', ...REST, kinds: [] },
  { version: '5.5.1', ...REST, kinds: [PRODUCTS, CUSTOMERS] },
  {
    version: '5.4',
    api: 'classic',
    pageSize: 50,
    requestsFor: { listed: 1, one: 2 },
    kinds: [PRODUCTS, CLASSIC_CUSTOMERS],
  },
];

const { webhookSecret } = XCART_CREDENTIALS;

/** What an add-on of the store sends. */
export const XCART_WEBHOOK: WebhookUnderTest = {
  secret: webhookSecret,
  withoutSecret: { webhookSecret: '' },
  proofs: [signedIn('X-Webhook-Signature'), secretIn('X-Webhook-Secret')],
  body: ({ event, id, kind }) => `{"event":"${kind}.${event}","id":${id}}`,
  delivery: (id) => ({ 'X-Webhook-Delivery': id }),
};

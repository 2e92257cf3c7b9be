/** The records of Clarity, as a deployment and its webhooks show them. */
import { randomUUID } from 'node:crypto';

import type { IDataObject } from 'n8n-workflow';

import { CLARITY_CREDENTIALS } from '../../../sandbox/clarity/credentials';
import { OWN_CLARITY } from '../../support/ownClarity';
import { sealedWithTime, signedIn, stamped } from './proofs';
import {
  type Happening,
  type KindUnderTest,
  type Operations,
  operationsOf,
  type Parameters,
  rewriting,
  moneyOf,
  shipmentOf,
  type ToTell,
  USUAL_OPERATIONS,
  type WebhookUnderTest,
} from './service';

const setStatus = (id: string, status: string): Parameters => ({
  ...USUAL_OPERATIONS.getOrder(id),
  operation: 'updateStatus',
  status,
});

/** The names are those of the pack, whatever the deployment calls them. */
export const CLARITY_OPERATIONS: Operations = {
  ...USUAL_OPERATIONS,
  updateStock: { ...USUAL_OPERATIONS.updateStock, options: { warehouse: 'MAIN' } },
  rewriteOrder: ({ orderId, status }) => setStatus(String(orderId), String(status)),
  told: {
    codes: { sent: 'Shipped', next: 'Delivered', person: 'Processing' },
    setStatus,
    addShipment: (id, trackingNumber, code) => shipmentOf(id, code, { trackingNumber }),
    statusOf: ({ status }) => String(status),
    moneyOf: (id) => [
      ['a refund', moneyOf('recordRefund', id, { amount: 0.01, reference: 'CM-1' })],
    ],
  },
};

/** What shops have beside orders, products and customers, by kind, as the control API of the sandbox calls it. */
export const CLARITY_OTHERS = {
  payment: 'payments',
  shipment: 'shipments',
  return: 'returns',
  inventory: 'inventory',
} as const;

/** A payment, shipment or return: what is written to it may be what it holds, in one field. */
const piece = (kind: 'payment' | 'shipment' | 'return', field: string): KindUnderTest => ({
  kind,
  many: CLARITY_OTHERS[kind],
  operations: {
    ...operationsOf(kind),
    rewriteOrder: ({ [`${kind}Id`]: id, [field]: value }) =>
      rewriting(kind, String(id), { otherFields: JSON.stringify({ [field]: value }) }),
  },
  idOf: ({ [`${kind}Id`]: id }) => String(id),
  hasSource: true,
});

export const CLARITY_KINDS: readonly KindUnderTest[] = [
  {
    kind: 'product',
    many: 'products',
    operations: {
      ...operationsOf('product'),
      rewriteOrder: ({ productId, name }) => rewriting('product', String(productId), { name }),
    },
    idOf: ({ productId }) => String(productId),
    hasSource: true,
  },
  {
    kind: 'customer',
    many: 'customers',
    operations: {
      ...operationsOf('customer'),
      rewriteOrder: ({ customerId, phone }) => rewriting('customer', String(customerId), { phone }),
    },
    idOf: ({ customerId }) => String(customerId),
    hasSource: true,
  },
  piece('payment', 'transactionId'),
  piece('shipment', 'trackingNumber'),
  piece('return', 'reason'),
  {
    kind: 'inventory',
    one: 'stock level',
    many: 'stock levels',
    operations: {
      getOrder: (id) => ({
        resource: 'stock',
        operation: 'get',
        stockLevel: { __rl: true, mode: 'id', value: id },
      }),
      getManyOrders: (limit) => ({
        resource: 'stock',
        operation: 'getAll',
        limit,
        simplify: false,
      }),
    },
    idOf: ({ inventoryId }) => String(inventoryId),
    hasSource: true,
  },
];

/** What the nine kinds of events of the reference know of: of no product that is made, and of no shipment that changes. */
const TOLD: Readonly<Record<string, readonly [Happening, ...Happening[]]>> = {
  product: ['changed'],
  inventory: ['changed'],
  payment: ['created'],
  shipment: ['created'],
  return: ['created'],
};

export const clarityTells = (kind: string): readonly [Happening, ...Happening[]] =>
  TOLD[kind] ?? ['created', 'changed'];

interface Deployment {
  name: string;
  /** Of the credential: the profile, and how to sign in. */
  credential: IDataObject;
  signIn?: string;
  pageSize: number;
  byContent?: true;
  webhook?: WebhookUnderTest;
}

const { apiKey, userName, password } = CLARITY_CREDENTIALS;
const WITH_KEY = { authentication: 'apiKey', apiKey };
const REGISTERED = {
  secret: 'made-by-the-trigger-itself',
  idsAreTexts: true,
  bodyNamesIt: true,
  tells: clarityTells,
} as const;

/** What the reference calls otherwise than made or changed. */
const DEEDS: Readonly<Record<string, string>> = {
  'payment.created': 'payment.captured',
  'return.created': 'return.requested',
};

/** As section 3.1 of the reference has it. */
function standardBody({ event, id, kind, sentAt, delivery = randomUUID() }: ToTell): string {
  const usual = `${kind}.${event === 'created' ? 'created' : 'updated'}`;
  const named = DEEDS[`${kind}.${event}`] ?? usual;
  const occurredAt = new Date(sentAt).toISOString();
  return `{"id":"${delivery}","event":"${named}","occurredAt":"${occurredAt}","data":{"${kind}Id":${id}}}`;
}

const OWN_TOPICS: Readonly<Record<string, string>> = {
  'order.created': 'salesorder/placed',
  'order.changed': 'salesorder/edited',
  'product.changed': 'article/edited',
  'customer.created': 'client/registered',
  'customer.changed': 'client/edited',
  'inventory.changed': 'stocklevel/moved',
  'payment.created': 'receipt/booked',
  'shipment.created': 'parcel/sent',
  'return.created': 'rma/opened',
};

function ownBody({ event, id, kind, sentAt, delivery = randomUUID() }: ToTell): string {
  const topic = OWN_TOPICS[`${kind}.${event}`] ?? 'other';
  const when = new Date(sentAt).toISOString();
  const record = `{"${kind === 'order' ? 'number' : 'id'}":${id}}`;
  const notice = `{"no":"${delivery}","topic":"${topic}","when":"${when}"}`;
  return `{"notice":${notice},"content":{"record":${record}}}`;
}

/** Three ways in which the shop of the sandbox speaks; of the third the pack knows nothing but what the profile says. */
export const DEPLOYMENTS: readonly Deployment[] = [
  {
    name: 'brief',
    credential: { ...WITH_KEY, profile: 'brief' },
    pageSize: 100,
    webhook: {
      ...REGISTERED,
      proofs: [
        stamped(signedIn('X-Clarity-Signature'), {
          header: 'X-Clarity-Timestamp',
          toleranceMs: 300_000,
        }),
      ],
      body: standardBody,
    },
  },
  {
    name: 'cef',
    credential: { profile: 'cef', authentication: 'session', userName, password },
    signIn: '/DesktopModules/ClarityEcommerce/API-Storefront/auth/credentials',
    pageSize: 50,
    byContent: true,
  },
  {
    name: 'own',
    credential: {
      ...WITH_KEY,
      ...OWN_CLARITY,
    },
    pageSize: 25,
    webhook: {
      ...REGISTERED,
      proofs: [sealedWithTime('X-Shop-Seal', { header: 'X-Shop-Sent-On', toleranceMs: 300_000 })],
      body: ownBody,
    },
  },
];

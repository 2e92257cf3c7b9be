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
  rewriting,
  type ToTell,
  USUAL_OPERATIONS,
  type WebhookUnderTest,
} from './service';

/** The names are those of the pack, whatever the deployment calls them. */
export const CLARITY_OPERATIONS: Operations = {
  ...USUAL_OPERATIONS,
  updateStock: { ...USUAL_OPERATIONS.updateStock, options: { warehouse: 'MAIN' } },
  rewriteOrder: ({ orderId, status }) => ({
    ...USUAL_OPERATIONS.getOrder(String(orderId)),
    operation: 'updateStatus',
    status: String(status),
  }),
};

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
];

/** The nine kinds of events of the reference know of no product that is made. */
export const clarityTells = (kind: string): readonly [Happening, ...Happening[]] =>
  kind === 'product' ? ['changed'] : ['created', 'changed'];

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

/** As section 3.1 of the reference has it. */
function standardBody({ event, id, kind, sentAt, delivery = randomUUID() }: ToTell): string {
  const named = `${kind}.${event === 'created' ? 'created' : 'updated'}`;
  const occurredAt = new Date(sentAt).toISOString();
  return `{"id":"${delivery}","event":"${named}","occurredAt":"${occurredAt}","data":{"${kind}Id":${id}}}`;
}

const OWN_TOPICS: Readonly<Record<string, string>> = {
  'order.created': 'salesorder/placed',
  'order.changed': 'salesorder/edited',
  'product.changed': 'article/edited',
  'customer.created': 'client/registered',
  'customer.changed': 'client/edited',
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

/** 3dcart as the suite asks stores, and its records as its API and its webhooks show them. */
import type { IDataObject } from 'n8n-workflow';

import { ThreeDCartApi } from '../../../credentials/ThreeDCartApi.credentials';
import { ThreeDCart } from '../../../nodes/ThreeDCart/ThreeDCart.node';
import { ThreeDCartTrigger } from '../../../nodes/ThreeDCartTrigger/ThreeDCartTrigger.node';
import { THREEDCART_CREDENTIALS } from '../../../sandbox/threedcart';
import { secretInAddress } from './proofs';
import { startSandboxShop } from './sandboxShop';
import {
  type KindUnderTest,
  type Operations,
  operationsOf,
  type Parameters,
  rewriting,
  moneyOf,
  shipmentOf,
  type StoreUnderTest,
  type ToTell,
  USUAL_OPERATIONS,
} from './service';

const setStatus = (id: unknown, status: unknown): Parameters => ({
  ...USUAL_OPERATIONS.getOrder(String(id)),
  operation: 'updateStatus',
  status: String(status),
});
const CANCELLED = 5;

const THREEDCART_OPERATIONS: Operations = {
  ...USUAL_OPERATIONS,
  rewriteOrder: ({ OrderID, OrderStatusID }) => setStatus(OrderID, OrderStatusID),
  changeAndBack: ({ OrderID, OrderStatusID }) => [
    setStatus(OrderID, CANCELLED),
    setStatus(OrderID, OrderStatusID),
  ],
  told: {
    codes: { sent: '4', next: '3', person: '2' },
    setStatus,
    addShipment: (id, trackingNumber, code) => shipmentOf(id, code, { trackingNumber }),
    statusOf: ({ OrderStatusID }) => String(OrderStatusID),
    moneyOf: (id) => [
      ['a refund', moneyOf('recordRefund', id, { amount: 0.01, reference: 'CM-1' })],
      ['a payment', moneyOf('recordPayment', id, { amount: 5, reference: 'pi_1', type: 'Sale' })],
    ],
  },
  writeBack: ({ OrderID }) =>
    ['AlternateOrderID', 'InternalComments', 'ExternalComments'].map((into) => ({
      ...USUAL_OPERATIONS.getOrder(String(OrderID)),
      ...{ operation: 'writeBackNumber', number: 'SO-1001', label: 'ERP order', into },
    })),
};

const skuInfoOf = ({ SKUInfo }: IDataObject): IDataObject => SKUInfo as IDataObject;

const THREEDCART_KINDS: readonly KindUnderTest[] = [
  {
    kind: 'product',
    many: 'products',
    operations: {
      ...operationsOf('product'),
      rewriteOrder: (product) => {
        const { CatalogID, Name } = skuInfoOf(product);
        return rewriting('product', String(CatalogID), { Name });
      },
    },
    idOf: (product) => String(skuInfoOf(product).CatalogID),
    hasSource: true,
    pageSize: 200,
  },
  {
    kind: 'customer',
    many: 'customers',
    operations: {
      ...operationsOf('customer'),
      rewriteOrder: ({ CustomerID, Comments }) =>
        rewriting('customer', String(CustomerID), { Comments }),
    },
    idOf: ({ CustomerID }) => String(CustomerID),
    // No field of a customer is a date, and the filter by them knows days.
    byContent: true,
    wholeDays: true,
    hasSource: true,
    pageSize: 500,
  },
];

/** A delivery is the record itself, and says nothing of what has happened. */
function threeDCartBody({ id, kind }: ToTell): string {
  if (kind === 'product') return `[{"SKUInfo":{"CatalogID":${id}}}]`;
  return kind === 'customer' ? `[{"CustomerID":${id}}]` : `[{"OrderID":${id}}]`;
}

const { secureUrl, privateKey, token } = THREEDCART_CREDENTIALS;

/** Through one version of the API. */
export const threeDCartStore = (version: 'v1' | 'v2'): StoreUnderTest => ({
  name: '3dcart',
  platform: 'threedcart',
  trigger: new ThreeDCartTrigger(),
  node: new ThreeDCart(),
  credentialType: new ThreeDCartApi(),
  credential: (apiUrl) => ({
    apiUrl,
    secureUrl,
    privateKey,
    token,
    version,
    requestsPerSecond: 1000,
  }),
  numberOf: ({ InvoiceNumberPrefix: prefix, InvoiceNumber: number }) => `${prefix}${number}`,
  storeUrl: secureUrl,
  emptyList: 404,
  // The names of statuses are known for a minute.
  isAside: (path) => path.includes('/OrderStatus'),
  owesPieces: true,
  pageSize: 300,
  operations: THREEDCART_OPERATIONS,
  kinds: THREEDCART_KINDS,
  webhook: {
    secret: 'made-by-the-trigger-itself',
    proofs: [secretInAddress],
    alsoToldBy: (kind) => (kind === 'order' ? ['status'] : []),
    body: threeDCartBody,
  },
  startShop: async () => await startSandboxShop('threedcart', { requestsPerSecond: 0 }),
});

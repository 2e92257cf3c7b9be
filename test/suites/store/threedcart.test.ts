import { ThreeDCartApi } from '../../../credentials/ThreeDCartApi.credentials';
import { ThreeDCart } from '../../../nodes/ThreeDCart/ThreeDCart.node';
import { ThreeDCartTrigger } from '../../../nodes/ThreeDCartTrigger/ThreeDCartTrigger.node';
import { THREEDCART_CREDENTIALS } from '../../../sandbox/threedcart';
import { describeStore } from './describeStore';
import { secretInAddress } from './proofs';
import { startSandboxShop } from './sandboxShop';
import { USUAL_OPERATIONS } from './service';

const { secureUrl, privateKey, token } = THREEDCART_CREDENTIALS;

describeStore({
  name: '3dcart',
  platform: 'threedcart',
  trigger: new ThreeDCartTrigger(),
  node: new ThreeDCart(),
  credentialType: new ThreeDCartApi(),
  credential: (apiUrl) => ({ apiUrl, secureUrl, privateKey, token, requestsPerSecond: 1000 }),
  numberOf: ({ InvoiceNumberPrefix: prefix, InvoiceNumber: number }) => `${prefix}${number}`,
  storeUrl: secureUrl,
  emptyList: 404,
  owesPieces: true,
  pageSize: 300,
  operations: {
    ...USUAL_OPERATIONS,
    rewriteOrder: ({ OrderID, OrderStatusID }) => ({
      ...USUAL_OPERATIONS.getOrder(String(OrderID)),
      operation: 'updateStatus',
      status: String(OrderStatusID),
    }),
    writeBack: ({ OrderID }) =>
      ['AlternateOrderID', 'InternalComments', 'ExternalComments'].map((into) => ({
        ...USUAL_OPERATIONS.getOrder(String(OrderID)),
        ...{ operation: 'writeBackNumber', number: 'SO-1001', label: 'ERP order', into },
      })),
  },
  webhook: {
    secret: 'made-by-the-trigger-itself',
    proofs: [secretInAddress],
    body: (_, id, kind) =>
      kind === 'product' ? `[{"SKUInfo":{"CatalogID":${id}}}]` : `[{"OrderID":${id}}]`,
  },
  startShop: async () => await startSandboxShop('threedcart', { requestsPerSecond: 0 }),
});

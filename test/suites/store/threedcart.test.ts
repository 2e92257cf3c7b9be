import { ThreeDCartApi } from '../../../credentials/ThreeDCartApi.credentials';
import { ThreeDCart } from '../../../nodes/ThreeDCart/ThreeDCart.node';
import { ThreeDCartTrigger } from '../../../nodes/ThreeDCartTrigger/ThreeDCartTrigger.node';
import { THREEDCART_CREDENTIALS } from '../../../sandbox/threedcart';
import { describeStore } from './describeStore';
import { secretInAddress } from './proofs';
import { startSandboxShop } from './sandboxShop';
import { THREEDCART_KINDS, THREEDCART_OPERATIONS, threeDCartBody } from './threedcart';

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

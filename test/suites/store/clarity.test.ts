import { ClarityApi } from '../../../credentials/ClarityApi.credentials';
import { Clarity } from '../../../nodes/Clarity/Clarity.node';
import { ClarityTrigger } from '../../../nodes/ClarityTrigger/ClarityTrigger.node';
import { CLARITY_CREDENTIALS } from '../../../sandbox/clarity/credentials';
import { describeStore } from './describeStore';
import { signedIn } from './proofs';
import { startSandboxShop } from './sandboxShop';
import { USUAL_OPERATIONS } from './service';

const { apiKey } = CLARITY_CREDENTIALS;
const signature = signedIn('X-Clarity-Signature');

describeStore({
  name: 'Clarity',
  platform: 'clarity',
  trigger: new ClarityTrigger(),
  node: new Clarity(),
  credentialType: new ClarityApi(),
  credential: (apiUrl) => ({
    apiUrl,
    apiKey,
    profile: 'brief',
    authentication: 'apiKey',
    storeName: 'main',
  }),
  numberOf: ({ orderId }) => String(orderId),
  pageSize: 100,
  operations: {
    ...USUAL_OPERATIONS,
    updateStock: { ...USUAL_OPERATIONS.updateStock, options: { warehouse: 'MAIN' } },
    rewriteOrder: ({ orderId, status }) => ({
      ...USUAL_OPERATIONS.getOrder(String(orderId)),
      operation: 'updateStatus',
      status: String(status),
    }),
  },
  webhook: {
    secret: 'made-by-the-trigger-itself',
    idsAreTexts: true,
    proofs: [
      {
        ...signature,
        headers: (body, secret) => ({
          ...signature.headers(body, secret),
          'X-Clarity-Timestamp': String(Math.floor(Date.now() / 1000)),
        }),
      },
    ],
    body: (event, id, kind = 'order') =>
      `{"event":"${kind}.${event === 'created' ? 'created' : 'updated'}","occurredAt":"${new Date(Date.now()).toISOString()}","data":{"${kind}Id":${id}}}`,
  },
  startShop: async () => await startSandboxShop('clarity', {}),
});

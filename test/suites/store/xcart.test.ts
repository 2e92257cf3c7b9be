import { XCartApi } from '../../../credentials/XCartApi.credentials';
import { XCart } from '../../../nodes/XCart/XCart.node';
import { XCartTrigger } from '../../../nodes/XCartTrigger/XCartTrigger.node';
import { XCART_CREDENTIALS } from '../../../sandbox/xcart';
import { describeStore } from './describeStore';
import { secretIn, signedIn } from './proofs';
import { startSandboxShop } from './sandboxShop';
import { USUAL_OPERATIONS } from './service';

const { writeKey: apiKey, webhookSecret } = XCART_CREDENTIALS;

/** 5.5.0 cannot be asked for what changed since a moment, only for a list that is sorted by it. */
describe.each(['5.5.0', '5.5.1'])('version %s', (version) => {
  describeStore({
    name: `X-Cart ${version}`,
    platform: 'xcart',
    trigger: new XCartTrigger(),
    node: new XCart(),
    credentialType: new XCartApi(),
    credential: (storeUrl) => ({ storeUrl, apiKey, version, storeName: 'main', webhookSecret }),
    numberOf: ({ order_number: number }) => String(number),
    pageSize: 100,
    operations: USUAL_OPERATIONS,
    webhook: {
      secret: webhookSecret,
      withoutSecret: { webhookSecret: '' },
      proofs: [signedIn('X-Webhook-Signature'), secretIn('X-Webhook-Secret')],
      body: (event, id) => `{"event":"order.${event}","id":${id}}`,
      delivery: (id) => ({ 'X-Webhook-Delivery': id }),
    },
    startShop: async () =>
      await startSandboxShop('xcart', { lastRenewDateFilter: version === '5.5.1' }),
  });
});

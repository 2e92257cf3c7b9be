import { createHmac } from 'node:crypto';

import { XCartApi } from '../../../credentials/XCartApi.credentials';
import { XCart } from '../../../nodes/XCart/XCart.node';
import { XCartTrigger } from '../../../nodes/XCartTrigger/XCartTrigger.node';
import { XCART_CREDENTIALS } from '../../../sandbox/xcart';
import { describeStore } from './describeStore';
import { startSandboxShop } from './sandboxShop';
import { USUAL_OPERATIONS, type WebhookUnderTest } from './service';

const { writeKey: apiKey, webhookSecret } = XCART_CREDENTIALS;
const hmac = (body: string, secret: string): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

const webhook: WebhookUnderTest = {
  secret: webhookSecret,
  withoutSecret: { webhookSecret: '' },
  proofs: [
    {
      name: 'signature',
      coversBody: true,
      headers: (body, secret) => ({ 'X-Webhook-Signature': hmac(body, secret) }),
    },
    { name: 'secret', coversBody: false, headers: (_, secret) => ({ 'X-Webhook-Secret': secret }) },
  ],
  body: (event, id) => `{"event":"order.${event}","id":${id}}`,
  delivery: (id) => ({ 'X-Webhook-Delivery': id }),
};

describe.each([
  ['5.5.0', false],
  ['5.5.1', true],
])('version %s', (version, lastRenewDateFilter) => {
  describeStore({
    name: `X-Cart ${version}`,
    platform: 'xcart',
    trigger: new XCartTrigger(),
    node: new XCart(),
    credentialType: new XCartApi(),
    credential: (storeUrl) => ({ storeUrl, apiKey, version, storeName: 'main', webhookSecret }),
    pageSize: 100,
    operations: {
      ...USUAL_OPERATIONS,
      rewriteOrder: ({ id, payment_status: status }) => ({
        resource: 'order',
        operation: 'updatePaymentStatus',
        order: { __rl: true, mode: 'id', value: String(id) },
        paymentStatus: (status as { code: string }).code,
      }),
    },
    webhook,
    startShop: async () =>
      await startSandboxShop('xcart', ['TS-LONG', 'MUG-BLUE', 'PAN-24'], { lastRenewDateFilter }),
  });
});

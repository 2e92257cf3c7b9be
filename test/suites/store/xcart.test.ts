import { XCartApi } from '../../../credentials/XCartApi.credentials';
import { XCart } from '../../../nodes/XCart/XCart.node';
import { XCartTrigger } from '../../../nodes/XCartTrigger/XCartTrigger.node';
import { XCART_CREDENTIALS } from '../../../sandbox/xcart';
import { describeStore } from './describeStore';
import { startSandboxShop } from './sandboxShop';
import { XCART_VERSIONS, XCART_WEBHOOK, xCartOperations } from './xcart';

const { writeKey: apiKey, webhookSecret } = XCART_CREDENTIALS;

describe.each(XCART_VERSIONS)('version $version', ({ version, api, ...more }) => {
  describeStore({
    name: `X-Cart ${version}`,
    platform: 'xcart',
    trigger: new XCartTrigger(),
    node: new XCart(),
    credentialType: new XCartApi(),
    credential: (storeUrl) => ({
      ...{ api, storeUrl, apiKey, version, webhookSecret },
      storeName: 'main',
    }),
    numberOf: ({ order_number: number }) => String(number),
    ...more,
    operations: xCartOperations(api),
    webhook: XCART_WEBHOOK,
    startShop: async () =>
      await startSandboxShop('xcart', { lastRenewDateFilter: version === '5.5.1' }),
  });
});

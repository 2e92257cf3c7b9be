import { ClarityApi } from '../../../credentials/ClarityApi.credentials';
import { Clarity } from '../../../nodes/Clarity/Clarity.node';
import { ClarityTrigger } from '../../../nodes/ClarityTrigger/ClarityTrigger.node';
import { CLARITY_KINDS, CLARITY_OPERATIONS, CLARITY_OTHERS, DEPLOYMENTS } from './clarity';
import { describeStore } from './describeStore';
import { startSandboxShop } from './sandboxShop';

describe.each(DEPLOYMENTS)('deployment $name', ({ name, credential, byContent, ...more }) => {
  describeStore({
    name: `Clarity, ${name}`,
    platform: 'clarity',
    trigger: new ClarityTrigger(),
    node: new Clarity(),
    credentialType: new ClarityApi(),
    credential: (apiUrl) => ({ apiUrl, storeName: 'main', ...credential }),
    numberOf: ({ orderId }) => String(orderId),
    operations: CLARITY_OPERATIONS,
    byContent,
    ...more,
    kinds: CLARITY_KINDS.map((kind) => ({ ...kind, byContent })),
    startShop: async () => await startSandboxShop('clarity', {}, CLARITY_OTHERS),
  });
});

import { ThreeDCartApi } from '../../../credentials/ThreeDCartApi.credentials';
import { ThreeDCart } from '../../../nodes/ThreeDCart/ThreeDCart.node';
import { describeOperations } from './describeOperations';
import { startShop } from './shop';
import { manyRows, rows } from './threedcart.rows';
import { REHEARSED, SHELVES } from './threedcart.shop';

describeOperations({
  name: '3dcart',
  start: async () => await startShop('threedcart', SHELVES, { requestsPerSecond: 0 }),
  node: ({ sandbox }) => ({
    nodeType: new ThreeDCart(),
    credentialTypes: [new ThreeDCartApi()],
    credentials: {
      threeDCartApi: { ...sandbox.credentials.threeDCartApi?.data, requestsPerSecond: 1000 },
    },
  }),
  rows,
  rehearsed: REHEARSED,
  many: manyRows,
});

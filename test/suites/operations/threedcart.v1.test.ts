/** What version 1 of 3dcart's API has, it does as version 2 does; what it lacks, the node says, and asks the store for nothing. */
import { mapKeys } from 'lodash';

import { ThreeDCartApi } from '../../../credentials/ThreeDCartApi.credentials';
import { ThreeDCart } from '../../../nodes/ThreeDCart/ThreeDCart.node';
import { describeOperations } from './describeOperations';
import { type ManyRow, type Requests, titleOf } from './row';
import { type OperationsShop, startShop } from './shop';
import { manyRows, rows } from './threedcart.rows';
import { REHEARSED, SHELVES } from './threedcart.shop';

/** Many items cost in each version what they cost in the other. */
function asOlder({ requests }: ManyRow, shop: OperationsShop): Requests {
  const newer = typeof requests === 'function' ? requests(shop) : requests;
  return mapKeys(newer, (_, route) => route.replace('/v2/', '/v1/'));
}

describeOperations({
  name: '3dcart, version 1 of its API',
  start: async () => await startShop('threedcart', SHELVES, { requestsPerSecond: 0 }),
  node: ({ sandbox }) => ({
    nodeType: new ThreeDCart(),
    credentialTypes: [new ThreeDCartApi()],
    credentials: {
      threeDCartApi: {
        ...sandbox.credentials.threeDCartApi?.data,
        requestsPerSecond: 1000,
        version: 'v1',
      },
    },
  }),
  rows,
  rehearsed: REHEARSED,
  many: manyRows.map((row) => ({ ...row, requests: (shop) => asOlder(row, shop) })),
  // The previews show the products of version 2, which have fields more.
  hasPreviews: false,
  refuses: (row) =>
    titleOf(row) === 'addressBook: getAll'
      ? {
          says: /^Version 1 of the API of 3dcart has no address books of customers$/,
          fix: /^Choose V2 under API Version in the credential 3dcart \(Shift4Shop\) API, or take the billing and shipping address from Customer: Get\.$/,
        }
      : undefined,
});

import { firstRows } from '../../../core/stores/kit/pages';
import { createXCart } from '../../../core/stores/xcart/client';
import { credentialTest } from '../../shared/credentialTest';
import { xCart } from '../connection';

/** Reads one order as a node would. */
export const xCartTest = credentialTest({
  service: xCart.name,
  addressField: 'Store URL',
  passed: 'The store answers and accepts the API Key',
  meanings: {
    401: 'The store does not accept the API Key. Copy it again from the X-Cart admin, Settings → API.',
    403: 'The API Key may not read orders. Take one of the keys of Settings → API.',
    404: 'There is no REST API at Store URL. Check the address; the store must be X-Cart 5.5 or newer.',
  },
  ask: async (text, options) => {
    const store = { storeUrl: text('storeUrl'), apiKey: text('apiKey') };
    const { orders } = createXCart({ ...store, ...options });
    return await firstRows((page) => orders.pages({}, page), 1);
  },
});

import { firstRows } from '../../../core/stores/kit/pages';
import { isClassic } from '../../../core/stores/xcart/api';
import { openXCart } from '../../../core/stores/xcart/open';
import { credentialTest } from '../../shared/credentialTest';
import { xCart } from '../connection';

/** Reads one order as a node would. */
export const xCartTest = credentialTest({
  service: xCart.name,
  addressField: 'Store URL',
  passed: 'The store answers and accepts the API Key',
  meanings: {
    401: 'The store does not accept the API Key. Copy it again from the X-Cart admin, Settings → API.',
    403: 'The API Key may not read orders. Take one of the keys of Settings → API; for the classic API one of the module REST API, which refuses a wrong key with the same words.',
    404: 'There is no REST API at Store URL. Check the address, and whether API fits: the REST API needs X-Cart 5.5 or newer, the classic one the module REST API.',
  },
  ask: async (text, options) => {
    const api = isClassic(text('api')) ? 'classic' : 'rest';
    const store = { api, storeUrl: text('storeUrl'), apiKey: text('apiKey') } as const;
    const { orders } = openXCart({ ...store, ...options });
    return await firstRows((page) => orders.pages({}, page), 1);
  },
});

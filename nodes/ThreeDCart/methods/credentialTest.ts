import { createThreeDCart } from '../../../core/stores/threedcart/client';
import { storeUrl } from '../../../core/stores/threedcart/api';
import { validationError } from '../../../core/errors';
import { parseUrl } from '../../../core/http/url';
import { credentialTest } from '../../shared/credentialTest';
import { threeDCart } from '../connection';

/** Reads the statuses of orders, which every store has: a list of anything else may be empty. */
export const threeDCartTest = credentialTest({
  service: threeDCart.name,
  addressField: 'API URL',
  passed: 'The store answers and accepts Private Key and Token',
  meanings: {
    401: 'The API does not accept Secure URL, Private Key and Token. The token belongs to one store and one app: copy it again from the 3dcart admin, Modules → REST API.',
    403: 'Private Key and Token may not read orders. Allow it for the app in the 3dcart admin, Modules → REST API.',
    404: 'There is no REST API at API URL. It is https://apirest.3dcart.com, and not the address of the store.',
  },
  ask: async (text, options) => {
    const secureUrl = text('secureUrl');
    if (secureUrl === '' || !parseUrl(storeUrl(secureUrl))) {
      throw validationError(
        'Secure URL is not a web address',
        'Write it such as https://shop.example.',
      );
    }
    const client = createThreeDCart({
      apiUrl: text('apiUrl') || undefined,
      version: text('version') === 'v1' ? 'v1' : 'v2',
      timeZone: text('timeZone') || undefined,
      secureUrl,
      privateKey: text('privateKey'),
      token: text('token'),
      ...options,
    });
    const statuses = await client.statuses();
    if (statuses.length > 0) return statuses;
    throw validationError(
      'What stands at API URL is not the API of 3dcart: it has no order statuses',
      'Write https://apirest.3dcart.com, and not the address of the store.',
    );
  },
});

import { firstRows } from '../../../core/http/pages';
import { isClassic } from '../../../core/stores/xcart/api';
import type { TokenProvider } from '../../../core/http/token';
import { loginIn, xCartTokens } from '../../../core/stores/xcart/login';
import { openXCart } from '../../../core/stores/xcart/open';
import { credentialTest, type FieldText } from '../../shared/credentialTest';
import { xCart } from '../connection';

const FIELDS = ['api', 'authentication', 'storeUrl', 'username', 'password'];

function loginOf(text: FieldText): TokenProvider | undefined {
  const login = loginIn(Object.fromEntries(FIELDS.map((field) => [field, text(field)])));
  return login && xCartTokens(login);
}

/** Reads one order as a node would. */
export const xCartTest = credentialTest({
  service: xCart.name,
  addressField: 'Store URL',
  passed: 'The store answers and accepts the sign-in',
  meanings: {
    401: 'The store does not accept the API Key. Copy it again from the X-Cart admin, Settings → API.',
    403: 'The API Key may not read orders. Take one of the keys of Settings → API; for the classic API one of the module REST API, which refuses a wrong key with the same words.',
    404: 'There is no REST API at Store URL. Check the address, and whether API fits: the REST API needs X-Cart 5.5 or newer, the classic one the module REST API.',
  },
  signIn: async (text) => await loginOf(text)?.token(),
  ask: async (text, options) => {
    const api = isClassic(text('api')) ? 'classic' : 'rest';
    const token = await loginOf(text)?.token();
    const store = { api, storeUrl: text('storeUrl'), apiKey: text('apiKey'), token } as const;
    const { orders } = openXCart({ ...store, ...options });
    return await firstRows((page) => orders.pages({}, page), 1);
  },
});

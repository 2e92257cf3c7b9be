import { defineService } from '../kit';
import { threedcartControl } from './control';
import { THREEDCART_CREDENTIALS } from './credentials';
import { createThreeDCart } from './service';

const { secureUrl, privateKey, token, clientId, clientSecret } = THREEDCART_CREDENTIALS;

/** What callers are told. The API is not at the store's own address but at `url`. */
export interface ThreeDCartAddress {
  url: string;
  secureUrl: string;
  privateKey: string;
  token: string;
  clientId: string;
  clientSecret: string;
}

export const threedcart = defineService({
  name: 'threedcart',
  title: '3dcart (Shift4Shop)',
  create: (context) => createThreeDCart(context),
  address: (url): ThreeDCartAddress => ({
    url,
    secureUrl,
    privateKey,
    token,
    clientId,
    clientSecret,
  }),
  credentials: ({ url }) => ({
    threeDCartApi: {
      name: '3dcart sandbox',
      data: {
        storeName: 'main',
        apiUrl: url,
        version: 'v2',
        secureUrl,
        privateKey,
        token,
        timeZone: 'America/New_York',
        currency: 'USD',
      },
    },
  }),
  control: threedcartControl,
});

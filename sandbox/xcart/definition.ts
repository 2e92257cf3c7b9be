import { defineService } from '../kit';
import { xcartControl } from './control';
import { XCART_CREDENTIALS } from './credentials';
import { createXCart } from './service';

const { readKey, writeKey, webhookSecret } = XCART_CREDENTIALS;

/** What callers are told: the addresses and keys, but not the administrator's password. */
export interface XCartAddress {
  url: string;
  readKey: string;
  writeKey: string;
  webhookSecret: string;
}

export const xcart = defineService({
  name: 'xcart',
  title: 'X-Cart 5.5',
  create: (context) => createXCart(context),
  address: (url): XCartAddress => ({ url, readKey, writeKey, webhookSecret }),
  credentials: ({ url }) => ({
    xCartApi: {
      name: 'X-Cart sandbox',
      data: { storeName: 'main', storeUrl: url, apiKey: writeKey, webhookSecret },
    },
  }),
  control: xcartControl,
});

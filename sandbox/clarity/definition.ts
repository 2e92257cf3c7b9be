import { defineService } from '../kit';
import { clarityControl } from './control';
import { CLARITY_CREDENTIALS } from './credentials';
import { createClarity } from './service';

/** What callers are told: the addresses, and everything that opens them. */
export interface ClarityAddress {
  url: string;
  apiKey: string;
  readKey: string;
  clientId: string;
  clientSecret: string;
  tokenUrl: string;
  userName: string;
  password: string;
  readUserName: string;
  webhookSecret: string;
}

export const clarity = defineService({
  name: 'clarity',
  title: 'Clarity eCommerce',
  create: (context) => createClarity(context),
  address: (url): ClarityAddress => ({
    url,
    tokenUrl: `${url}/oauth/token`,
    ...CLARITY_CREDENTIALS,
  }),
  credentials: ({ url, readKey, readUserName, webhookSecret, ...secrets }) => ({
    clarityApi: {
      name: 'Clarity sandbox',
      data: {
        storeName: 'main',
        apiUrl: url,
        authentication: 'apiKey',
        apiKeyHeader: 'X-Api-Key',
        ...secrets,
        profile: 'brief',
        currency: 'USD',
      },
    },
  }),
  control: clarityControl,
});

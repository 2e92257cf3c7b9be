import type {
  ICredentialDataDecryptedObject,
  ICredentialType,
  IHttpRequestOptions,
  INodeProperties,
} from 'n8n-workflow';

import { isClassic } from '../core/stores/xcart/api';
import { loginIn, xCartTokens } from '../core/stores/xcart/login';
import { CREDENTIAL_NAME } from '../core/stores/xcart/signIn';
import { address, needed, neededSecret, secret, storeName } from './shared/fields';
import { iconsOf } from './shared/icons';

export const storeUrl = address(
  'Store URL',
  'storeUrl',
  'Address of the storefront, without /api and admin.php',
);

export const version: INodeProperties = {
  displayName: 'X-Cart Version',
  name: 'version',
  type: 'options',
  options: [
    {
      name: '5.5.0',
      value: '5.5.0',
      description: 'Changed orders are found by sorting. Works with every 5.5 and newer.',
    },
    {
      name: '5.5.1 or Newer',
      value: '5.5.1',
      description: 'The store can be asked for changed orders alone: fewer and smaller requests',
    },
  ],
  default: '5.5.0',
};

export const webhookSecret = secret('Webhook Secret', 'webhookSecret', {
  description:
    'Shared with the store add-on that sends webhooks. Any long random text, the same on both sides. Leave empty if the store sends none.',
});

const API_KEY = neededSecret('API Key', 'apiKey', {
  description:
    'From the X-Cart admin, Settings → API, or for the classic API from the settings of the module REST API. The read-only key is enough for triggers and reading; writing stock or statuses needs the read/write key.',
});

/** Tested by the X-Cart node (`nodes/XCart/methods/credentialTest.ts`). */
export class XCartApi implements ICredentialType {
  name = 'xCartApi';

  displayName = CREDENTIAL_NAME;

  icon = iconsOf('XCart/xcart');

  documentationUrl =
    'https://github.com/n8n-nodes-dynamics-commerce/n8n-nodes-dynamics-commerce/blob/main/docs/credentials.md#x-cart';

  properties: INodeProperties[] = [
    {
      displayName: 'API',
      name: 'api',
      type: 'options',
      options: [
        { name: 'Classic (X-Cart 5.0 to 5.4)', value: 'classic' },
        { name: 'REST (X-Cart 5.5 or Newer)', value: 'rest' },
      ],
      default: 'rest',
    },
    {
      displayName:
        'The classic API comes with the module <i>REST API</i>. It has no variants and line taxes in orders, cannot write addresses, and can write tracking numbers.',
      name: 'classicNotice',
      type: 'notice',
      default: '',
      displayOptions: { show: { api: ['classic'] } },
    },
    storeUrl,
    {
      displayName: 'Authentication',
      name: 'authentication',
      type: 'options',
      options: [
        { name: 'API Key', value: 'apiKey', description: 'Without end, and bound to no person' },
        {
          name: 'User Name and Password',
          value: 'password',
          description: 'Signs in as an administrator of the store, each hour anew',
        },
      ],
      default: 'apiKey',
      displayOptions: { show: { api: ['rest'] } },
    },
    needed('User Name', 'username', {
      placeholder: 'e.g. name@email.com',
      displayOptions: { show: { api: ['rest'], authentication: ['password'] } },
      description: 'With which an administrator logs in to the store',
    }),
    neededSecret('Password', 'password', {
      displayOptions: { show: { api: ['rest'], authentication: ['password'] } },
    }),
    { ...API_KEY, displayOptions: { show: { api: ['classic'] } } },
    { ...API_KEY, displayOptions: { show: { api: ['rest'], authentication: ['apiKey'] } } },
    storeName,
    { ...version, displayOptions: { show: { api: ['rest'] } } },
    webhookSecret,
  ];

  /**
   * A function, and not n8n's generic form with its expression: where two polls of one workflow run at the same time,
   * the first to end takes from the other what it evaluates expressions with (n8n 2.39, poll-trigger-executor).
   */
  authenticate = async (
    credentials: ICredentialDataDecryptedObject,
    requestOptions: IHttpRequestOptions,
  ): Promise<IHttpRequestOptions> => {
    const { api, apiKey } = credentials;
    const login = loginIn(credentials);
    if (login) {
      const authorization = `Bearer ${await xCartTokens(login).token()}`;
      const headers = { ...requestOptions.headers, Authorization: authorization };
      return { ...requestOptions, headers };
    }
    const key = String(apiKey ?? '').trim();
    if (isClassic(api)) {
      // The classic API looks for its key nowhere but here.
      return { ...requestOptions, qs: { ...requestOptions.qs, _key: key } };
    }
    return { ...requestOptions, headers: { ...requestOptions.headers, 'X-Auth-Token': key } };
  };
}

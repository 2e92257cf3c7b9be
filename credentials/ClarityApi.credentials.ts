import type {
  ICredentialDataDecryptedObject,
  ICredentialType,
  IHttpRequestOptions,
  INodeProperties,
} from 'n8n-workflow';

import { CREDENTIAL_NAME } from '../core/stores/clarity/api';
import { signInTo } from '../core/stores/clarity/auth';
import { type ClarityCredential, claritySettings } from '../core/stores/clarity/settings';
import { address, currency, needed, neededSecret, storeName, text } from './shared/fields';
import { iconsOf } from './shared/icons';
import { readable } from './shared/readable';

/** Shown where one way to sign in is chosen. */
const where = (authentication: string): Pick<INodeProperties, 'displayOptions'> => ({
  displayOptions: { show: { authentication: [authentication] } },
});

const API_KEY: INodeProperties[] = [
  neededSecret('API Key', 'apiKey', where('apiKey')),
  text('API Key Header', 'apiKeyHeader', {
    placeholder: 'e.g. X-Api-Key',
    description: 'Name of the header. Leave empty for that of the API profile, which is X-Api-Key.',
    ...where('apiKey'),
  }),
];

const OAUTH2: INodeProperties[] = [
  needed('Client ID', 'clientId', where('oauth2')),
  neededSecret('Client Secret', 'clientSecret', where('oauth2')),
  text('Token URL', 'tokenUrl', {
    placeholder: 'e.g. https://shop.example/oauth/token',
    description: 'Leave empty for the path that the API profile names',
    ...where('oauth2'),
  }),
  text('Scope', 'scope', where('oauth2')),
];

const SESSION: INodeProperties[] = [
  needed('User Name', 'userName', where('session')),
  neededSecret('Password', 'password', where('session')),
  text('Login Provider', 'loginProvider', {
    default: 'credentials',
    description: "ServiceStack's name of the way to sign in",
    ...where('session'),
  }),
];

/**
 * What signs the requests is made once for the whole process, and made again when the store refuses it. Tested by the Clarity
 * node (`nodes/Clarity/methods/credentialTest.ts`).
 */
export class ClarityApi implements ICredentialType {
  name = 'clarityApi';

  displayName = CREDENTIAL_NAME;

  icon = iconsOf('Clarity/clarity');

  documentationUrl =
    'https://github.com/n8n-nodes-dynamics-commerce/n8n-nodes-dynamics-commerce/blob/main/docs/credentials.md#clarity';

  properties: INodeProperties[] = [
    address(
      'API URL',
      'apiUrl',
      'Address of the store, such as https://shop.example. Only where its API is elsewhere than the API profile says: the whole address of the API.',
    ),
    {
      displayName: 'API Profile',
      name: 'profile',
      type: 'options',
      options: [
        {
          name: 'Brief',
          value: 'brief',
          description: 'REST with camelCase names, signed webhooks',
        },
        { name: 'CEF', value: 'cef', description: 'ServiceStack deployments, PascalCase names' },
        { name: 'Own', value: 'own', description: 'A profile that you write' },
      ],
      default: 'brief',
      description: 'How the API of this deployment is called and what it answers',
    },
    {
      displayName: 'Own API Profile',
      name: 'profileText',
      type: 'string',
      typeOptions: { rows: 12 },
      default: '{\n  "extends": "brief"\n}',
      description:
        'JSON. Name the profile that it extends, and what differs; mistakes are told with their line.',
      displayOptions: { show: { profile: ['own'] } },
    },
    {
      displayName: 'Authentication',
      name: 'authentication',
      type: 'options',
      options: [
        { name: 'API Key', value: 'apiKey' },
        { name: 'OAuth2 (Client Credentials)', value: 'oauth2' },
        { name: 'Session (ServiceStack)', value: 'session' },
      ],
      default: 'apiKey',
    },
    ...API_KEY,
    ...OAUTH2,
    ...SESSION,
    storeName,
    currency({ description: 'ISO code of the currency of orders that name none' }),
  ];

  /** A function, and not n8n's generic form with its expression, for the reason that the X-Cart credential tells. */
  authenticate = async (
    credentials: ICredentialDataDecryptedObject,
    requestOptions: IHttpRequestOptions,
  ): Promise<IHttpRequestOptions> => {
    try {
      const settings = claritySettings(credentials as unknown as ClarityCredential);
      const headers = await signInTo(settings).headers();
      return { ...requestOptions, headers: { ...requestOptions.headers, ...headers } };
    } catch (error) {
      throw readable(error);
    }
  };
}

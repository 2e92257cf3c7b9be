import type {
  ICredentialDataDecryptedObject,
  Icon,
  ICredentialType,
  IHttpRequestOptions,
  INodeProperties,
} from 'n8n-workflow';

import { toServiceError } from '../core/errors';
import { CREDENTIAL_NAME } from '../core/stores/clarity/api';
import { signInTo } from '../core/stores/clarity/auth';
import { type ClarityCredential, claritySettings } from '../core/stores/clarity/settings';

/** With what to repair, and without a code: where an error has one, the credential dialog shows only that. */
function readable(error: unknown): Error {
  const { message, fix = '' } = toServiceError(error);
  return new Error(`${message} ${fix}`.trim(), { cause: error });
}

/** Shown where one way to sign in is chosen. */
const where = (authentication: string): Pick<INodeProperties, 'displayOptions'> => ({
  displayOptions: { show: { authentication: [authentication] } },
});

const API_KEY: INodeProperties[] = [
  {
    displayName: 'API Key',
    name: 'apiKey',
    type: 'string',
    typeOptions: { password: true },
    default: '',
    required: true,
    ...where('apiKey'),
  },
  {
    displayName: 'API Key Header',
    name: 'apiKeyHeader',
    type: 'string',
    default: '',
    placeholder: 'e.g. X-Api-Key',
    description: 'Name of the header. Leave empty for that of the API profile, which is X-Api-Key.',
    ...where('apiKey'),
  },
];

const OAUTH2: INodeProperties[] = [
  {
    displayName: 'Client ID',
    name: 'clientId',
    type: 'string',
    default: '',
    required: true,
    ...where('oauth2'),
  },
  {
    displayName: 'Client Secret',
    name: 'clientSecret',
    type: 'string',
    typeOptions: { password: true },
    default: '',
    required: true,
    ...where('oauth2'),
  },
  {
    displayName: 'Token URL',
    name: 'tokenUrl',
    type: 'string',
    default: '',
    placeholder: 'e.g. https://shop.example/oauth/token',
    description: 'Leave empty for the path that the API profile names',
    ...where('oauth2'),
  },
  {
    displayName: 'Scope',
    name: 'scope',
    type: 'string',
    default: '',
    ...where('oauth2'),
  },
];

const SESSION: INodeProperties[] = [
  {
    displayName: 'User Name',
    name: 'userName',
    type: 'string',
    default: '',
    required: true,
    ...where('session'),
  },
  {
    displayName: 'Password',
    name: 'password',
    type: 'string',
    typeOptions: { password: true },
    default: '',
    required: true,
    ...where('session'),
  },
  {
    displayName: 'Login Provider',
    name: 'loginProvider',
    type: 'string',
    default: 'credentials',
    description: "ServiceStack's name of the way to sign in",
    ...where('session'),
  },
];

/**
 * What signs the requests is made once for the whole process, and made again when the store refuses it. Tested by the Clarity
 * node (`nodes/Clarity/methods/credentialTest.ts`).
 */
export class ClarityApi implements ICredentialType {
  name = 'clarityApi';

  displayName = CREDENTIAL_NAME;

  icon: Icon = {
    light: 'file:../nodes/Clarity/clarity.svg',
    dark: 'file:../nodes/Clarity/clarity.dark.svg',
  };

  documentationUrl =
    'https://github.com/n8n-nodes-dynamics-commerce/n8n-nodes-dynamics-commerce/blob/main/docs/credentials.md#clarity';

  properties: INodeProperties[] = [
    {
      displayName: 'API URL',
      name: 'apiUrl',
      type: 'string',
      default: '',
      required: true,
      placeholder: 'e.g. https://shop.example',
      description:
        'Address of the store. Where its API is elsewhere than the API profile says, the whole address of the API.',
    },
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
    {
      displayName: 'Store Name',
      name: 'storeName',
      type: 'string',
      default: 'main',
      required: true,
      placeholder: 'e.g. main',
      description:
        'Short name of the store, part of the key of every record that comes from it: each store needs its own, one for QA too. Do not change it once orders have been synchronized.',
    },
    {
      displayName: 'Currency',
      name: 'currency',
      type: 'string',
      default: '',
      placeholder: 'e.g. USD',
      description: 'ISO code of the currency of orders that name none',
    },
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

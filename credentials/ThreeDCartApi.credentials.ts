import type {
  ICredentialDataDecryptedObject,
  ICredentialType,
  IHttpRequestOptions,
  INodeProperties,
} from 'n8n-workflow';

import { storeUrl } from '../core/stores/threedcart/api';
import { CREDENTIAL_NAME } from '../core/stores/threedcart/signIn';
import { API_URL } from '../core/stores/threedcart/words';
import { address, currency, needed, neededSecret, storeName } from './shared/fields';
import { iconsOf } from './shared/icons';

export const secureUrl = address(
  'Secure URL',
  'secureUrl',
  'Address of the store with https://, as the 3dcart admin shows it',
);

/** What is to be known of a store, however one signs in. */
export const STORE_FIELDS: INodeProperties[] = [
  storeName,
  needed('Time Zone', 'timeZone', {
    default: 'America/New_York',
    placeholder: 'e.g. America/New_York',
    description:
      'Zone of the dates that 3dcart writes, which name none, as an IANA name. 3dcart itself writes US Eastern time.',
  }),
  currency({
    default: 'USD',
    required: true,
    description: 'ISO code of the currency of the store: orders of 3dcart name none',
  }),
  {
    displayName: 'Requests per Second',
    name: 'requestsPerSecond',
    type: 'number',
    typeOptions: { minValue: 1 },
    default: 2,
    description:
      'How many requests this n8n sends at most, all workflows together. 3dcart takes two a second from each store. Of several credentials of one store the lowest number holds.',
  },
  needed('API URL', 'apiUrl', {
    default: API_URL,
    description: 'Address of the API, which is never that of the store',
  }),
];

/** Three headers sign a request. Tested by the 3dcart node (`nodes/ThreeDCart/methods/credentialTest.ts`). */
export class ThreeDCartApi implements ICredentialType {
  name = 'threeDCartApi';

  displayName = CREDENTIAL_NAME;

  icon = iconsOf('ThreeDCart/threeDCart');

  documentationUrl =
    'https://github.com/n8n-nodes-dynamics-commerce/n8n-nodes-dynamics-commerce/blob/main/docs/credentials.md#3dcart';

  properties: INodeProperties[] = [
    secureUrl,
    neededSecret('Private Key', 'privateKey', {
      description: 'Of the app, from the 3dcart developer portal',
    }),
    neededSecret('Token', 'token', {
      description:
        'What the store gives the app: in the 3dcart admin under Modules → REST API, once the app is added there by its public key',
    }),
    {
      displayName: 'API Version',
      name: 'version',
      type: 'options',
      options: [
        { name: 'V1', value: 'v1', description: 'For apps that were made for the first version' },
        { name: 'V2', value: 'v2', description: 'The newer one, with address books of customers' },
      ],
      default: 'v2',
    },
    ...STORE_FIELDS,
  ];

  /** A function, and not n8n's generic form with its expression, for the reason that the X-Cart credential tells. */
  authenticate = async (
    credentials: ICredentialDataDecryptedObject,
    requestOptions: IHttpRequestOptions,
  ): Promise<IHttpRequestOptions> => {
    const text = (field: string): string => String(credentials[field] ?? '').trim();
    return {
      ...requestOptions,
      headers: {
        ...requestOptions.headers,
        SecureURL: storeUrl(text('secureUrl')),
        PrivateKey: text('privateKey'),
        Token: text('token'),
      },
    };
  };
}

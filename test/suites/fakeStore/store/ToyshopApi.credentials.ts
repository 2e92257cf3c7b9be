import type {
  ICredentialDataDecryptedObject,
  ICredentialType,
  IHttpRequestOptions,
} from 'n8n-workflow';

import { needed, secret, storeName, text } from '../../../../credentials/shared/fields';

/** Tested by the Toyshop node. */
export class ToyshopApi implements ICredentialType {
  name = 'toyshopApi';

  displayName = 'Toyshop API';

  properties: ICredentialType['properties'] = [
    needed('Shop URL', 'shopUrl'),
    secret('Key', 'key'),
    storeName,
    text('Time Zone', 'zone', { default: 'UTC' }),
  ];

  authenticate = async (
    { key }: ICredentialDataDecryptedObject,
    options: IHttpRequestOptions,
  ): Promise<IHttpRequestOptions> => ({
    ...options,
    headers: { ...options.headers, 'X-Toy-Key': String(key) },
  });
}

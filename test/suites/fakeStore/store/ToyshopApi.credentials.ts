import type {
  ICredentialDataDecryptedObject,
  ICredentialType,
  IHttpRequestOptions,
} from 'n8n-workflow';

/** Tested by the Toyshop node. */
export class ToyshopApi implements ICredentialType {
  name = 'toyshopApi';

  displayName = 'Toyshop API';

  properties: ICredentialType['properties'] = [
    { displayName: 'Shop URL', name: 'shopUrl', type: 'string', default: '', required: true },
    {
      displayName: 'Key',
      name: 'key',
      type: 'string',
      typeOptions: { password: true },
      default: '',
    },
    { displayName: 'Store Name', name: 'storeName', type: 'string', default: 'main' },
    { displayName: 'Time Zone', name: 'zone', type: 'string', default: 'UTC' },
  ];

  authenticate = async (
    { key }: ICredentialDataDecryptedObject,
    options: IHttpRequestOptions,
  ): Promise<IHttpRequestOptions> => ({
    ...options,
    headers: { ...options.headers, 'X-Toy-Key': String(key) },
  });
}

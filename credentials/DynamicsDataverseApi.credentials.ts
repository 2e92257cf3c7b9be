import type {
  ICredentialDataDecryptedObject,
  ICredentialType,
  IHttpRequestOptions,
  INodeProperties,
} from 'n8n-workflow';

import { tokenProvider } from '../core/dynamics/auth';
import { connectionSettings } from '../core/dynamics/connection';
import { CLOUD_FIELDS, environmentUrl, tenantId } from './shared/dataverse';
import { needed, neededSecret, secret, text } from './shared/fields';
import { iconsOf } from './shared/icons';
import { readable } from './shared/readable';

/** n8n may keep such a text in one line, which is read all the same. */
const PASTED: INodeProperties['typeOptions'] = { password: true, rows: 4 };

const shownFor = (authentication: string): Pick<INodeProperties, 'displayOptions'> => ({
  displayOptions: { show: { authentication: [authentication] } },
});

/** A token for the credential, or what a person has to repair. */
async function signIn(credentials: ICredentialDataDecryptedObject): Promise<string> {
  try {
    return await tokenProvider(connectionSettings(credentials)).token();
  } catch (error) {
    throw readable(error);
  }
}

/**
 * Client credentials of an app registration in Microsoft Entra. The token comes from a provider of the whole
 * process: one token per credential and one sign-in on its way, however many workflows ask. Tested by the Dynamics 365 node
 * (`nodes/Dynamics365/credentialTest.ts`).
 */
export class DynamicsDataverseApi implements ICredentialType {
  name = 'dynamicsDataverseApi';

  displayName = 'Microsoft Dynamics 365 (Dataverse) API';

  icon = iconsOf('Dynamics365/dynamics365');

  documentationUrl =
    'https://github.com/n8n-nodes-dynamics-commerce/n8n-nodes-dynamics-commerce/blob/main/docs/credentials.md#dynamics-365';

  properties: INodeProperties[] = [
    environmentUrl,
    tenantId,
    needed('Client ID', 'clientId', {
      description:
        'Application (client) ID of the app registration. It needs an application user with a security role in the environment.',
    }),
    {
      displayName: 'Authentication',
      name: 'authentication',
      type: 'options',
      options: [
        { name: 'Certificate', value: 'certificate' },
        { name: 'Client Secret', value: 'clientSecret' },
      ],
      default: 'clientSecret',
      description: 'How the app proves who it is',
    },
    neededSecret('Client Secret', 'clientSecret', {
      ...shownFor('clientSecret'),
      description: 'Value (not the ID) of a client secret of the app registration',
    }),
    neededSecret('Certificate', 'certificate', {
      ...shownFor('certificate'),
      typeOptions: PASTED,
      placeholder: 'e.g. -----BEGIN CERTIFICATE-----',
      description:
        'Text of the certificate that was uploaded to the app registration, in PEM. It may hold the private key too, as a .pem file often does.',
    }),
    secret('Private Key', 'privateKey', {
      ...shownFor('certificate'),
      typeOptions: PASTED,
      placeholder: 'e.g. -----BEGIN ENCRYPTED PRIVATE KEY-----',
      description:
        'Text of the private key of the certificate, in PEM, encrypted or not. Leave empty where Certificate holds it.',
    }),
    secret('Passphrase', 'passphrase', {
      ...shownFor('certificate'),
      description: 'Passphrase of an encrypted private key. Leave empty where it is not encrypted.',
    }),
    ...CLOUD_FIELDS,
    text('Scope', 'scope', {
      placeholder: 'e.g. https://contoso.crm4.dynamics.com/.default',
      description: 'What to ask a token for. Leave empty to take it from the environment URL.',
    }),
  ];

  authenticate = async (
    credentials: ICredentialDataDecryptedObject,
    requestOptions: IHttpRequestOptions,
  ): Promise<IHttpRequestOptions> => {
    const token = await signIn(credentials);
    return {
      ...requestOptions,
      headers: { ...requestOptions.headers, Authorization: `Bearer ${token}` },
    };
  };
}

import type {
  ICredentialDataDecryptedObject,
  ICredentialType,
  IHttpRequestOptions,
  INodeProperties,
} from 'n8n-workflow';

import { tokenProvider } from '../core/dynamics/auth';
import { connectionSettings } from '../core/dynamics/connection';
import { toServiceError } from '../core/errors';

/** With what to repair, and without a code: where an error has one, the credential dialog shows only that. */
function readable(error: unknown): Error {
  const { message, fix = '' } = toServiceError(error);
  return new Error(`${message} ${fix}`.trim(), { cause: error });
}

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

  documentationUrl =
    'https://github.com/n8n-nodes-dynamics-commerce/n8n-nodes-dynamics-commerce/blob/main/docs/credentials.md#dynamics-365';

  icon = {
    light: 'file:../nodes/Dynamics365/dynamics365.svg',
    dark: 'file:../nodes/Dynamics365/dynamics365.dark.svg',
  } as const;

  properties: INodeProperties[] = [
    {
      displayName: 'Environment URL',
      name: 'url',
      type: 'string',
      default: '',
      required: true,
      placeholder: 'e.g. https://contoso.crm4.dynamics.com',
      description: 'Address of the environment, as in the browser when you use Dynamics 365',
    },
    {
      displayName: 'Tenant ID',
      name: 'tenantId',
      type: 'string',
      default: '',
      required: true,
      description: 'Directory (tenant) ID of the app registration in Microsoft Entra',
    },
    {
      displayName: 'Client ID',
      name: 'clientId',
      type: 'string',
      default: '',
      required: true,
      description:
        'Application (client) ID of the app registration. It needs an application user with a security role in the environment.',
    },
    {
      displayName: 'Client Secret',
      name: 'clientSecret',
      type: 'string',
      typeOptions: { password: true },
      default: '',
      required: true,
      description: 'Value (not the ID) of a client secret of the app registration',
    },
    {
      displayName: 'Cloud',
      name: 'cloud',
      type: 'options',
      options: [
        { name: 'China (21Vianet)', value: 'china' },
        { name: 'Custom', value: 'custom' },
        { name: 'Public', value: 'public' },
        { name: 'US Government (DoD)', value: 'dod' },
        { name: 'US Government (GCC High)', value: 'gccHigh' },
        { name: 'US Government (GCC)', value: 'gcc' },
      ],
      default: 'public',
      description: 'The Microsoft cloud that the tenant belongs to; it decides where to sign in',
    },
    {
      displayName: 'Authority URL',
      name: 'authority',
      type: 'string',
      default: '',
      required: true,
      displayOptions: { show: { cloud: ['custom'] } },
      placeholder: 'e.g. https://login.microsoftonline.com',
      description: 'Sign-in host of the cloud, without the tenant',
    },
    {
      displayName: 'Scope',
      name: 'scope',
      type: 'string',
      default: '',
      placeholder: 'e.g. https://contoso.crm4.dynamics.com/.default',
      description: 'What to ask a token for. Leave empty to take it from the environment URL.',
    },
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

/** What every credential for a Dataverse environment asks for: which one, and where one signs in for it. */
import type { INodeProperties } from 'n8n-workflow';

import { CLOUDS } from '../../core/dynamics/auth';
import { needed } from './fields';

export const environmentUrl = needed('Environment URL', 'url', {
  placeholder: 'e.g. https://contoso.crm4.dynamics.com',
  description: 'Address of the environment, as in the browser when you use Dynamics 365',
});

export const tenantId = needed('Tenant ID', 'tenantId', {
  description: 'Directory (tenant) ID of the app registration in Microsoft Entra',
});

export const CLOUD_FIELDS: INodeProperties[] = [
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
  needed('Authority URL', 'authority', {
    displayOptions: { show: { cloud: ['custom'] } },
    placeholder: 'e.g. https://login.microsoftonline.com',
    description: 'Sign-in host of the cloud, without the tenant',
  }),
];

/** Expression for protocol, host and port of an address, whatever path was pasted along. */
export const originIn = (field: string): string =>
  `(${field} || "").trim().split(/[/?#]/).slice(0, 3).join("/")`;

const TENANT = '($self["tenantId"] || "").trim()';

/**
 * Expression for the authority of the tenant: `https://login.microsoftonline.com/<tenant>`. What `signIn` of
 * core/dynamics/auth makes of the same fields, for the credentials whose tokens n8n itself asks for.
 */
export const AUTHORITY =
  `(($self["cloud"] === "custom" ? $self["authority"] : (${JSON.stringify(CLOUDS)})[$self["cloud"] || "public"]) || "")` +
  '.trim().replace(/\\/(?:oauth2(?:\\/v2\\.0)?(?:\\/(?:token|authorize))?|v2\\.0)\\/*$/i, "").replace(/\\/+$/, "")' +
  `.split("/").filter((part) => part === "" || part.toLowerCase() !== ${TENANT}.toLowerCase()).join("/") + "/" + ${TENANT}`;

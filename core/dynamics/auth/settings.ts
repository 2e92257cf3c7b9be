import { createHash } from 'node:crypto';

import { trimEnd } from 'lodash';

import { validationError } from '../../errors';
import { isLoopback, secureUrl } from '../../http/url';
import { isGuidText } from '../../values';
import type { CertificateText } from './certificate';

/** Sign-in hosts of Microsoft's clouds (msal-common: authority metadata). */
export const CLOUDS = {
  public: 'https://login.microsoftonline.com',
  gcc: 'https://login.microsoftonline.com',
  gccHigh: 'https://login.microsoftonline.us',
  dod: 'https://login.microsoftonline.us',
  china: 'https://login.partner.microsoftonline.cn',
} as const;

export type Cloud = keyof typeof CLOUDS;

export type AppAuthentication = 'clientSecret' | 'certificate';

/** By what the app proves who it is. */
export type Proof = { clientSecret: string } | { certificate: CertificateText };

export interface DynamicsAuthSettings {
  /** `https://contoso.crm4.dynamics.com` */
  environmentUrl: string;
  /** GUID, or a domain of the tenant. */
  tenantId: string;
  clientId: string;
  /** How the app proves who it is. Default: by its secret. */
  authentication?: AppAuthentication;
  clientSecret?: string;
  /** In the place of the secret. */
  certificate?: CertificateText;
  /** Default `public`. */
  cloud?: Cloud;
  /** In place of the cloud's sign-in host: `https://login.example`, without the tenant. Empty is no answer. */
  authority?: string;
  /** Default: origin of the environment and `/.default`. */
  scope?: string;
}

/** Settings that have been checked, with nothing left to default. */
export interface SignIn {
  /** https always: MSAL accepts nothing else. With the tenant, without a slash at its end. */
  authority: string;
  /** Host and port. */
  authorityHost: string;
  /** The real protocol is http: a sandbox on this machine. */
  plain: boolean;
  clientId: string;
  proof: Proof;
  scope: string;
}

const DOMAIN = /^(?=.{3,253}$)[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i;
/** What Entra's list of endpoints has behind the authority; people paste one of those. */
const ENDPOINT = /\/(?:oauth2(?:\/v2\.0)?(?:\/(?:token|authorize))?|v2\.0)\/*$/i;
const NO_TENANT = new Set(['common', 'organizations', 'consumers']);

function filled(value: string | undefined, field: string): string {
  const text = value?.trim() ?? '';
  if (text) return text;
  throw validationError(`${field} is empty.`, `Fill in ${field} in the credential.`);
}

function checkedTenant(value: string): string {
  const tenant = filled(value, 'Tenant ID');
  if (NO_TENANT.has(tenant.toLowerCase())) {
    throw validationError(
      `Tenant ID is "${tenant}", which names no tenant.`,
      'An app that signs in by itself needs the Directory (tenant) ID of your organization.',
    );
  }
  if (!isGuidText(tenant) && !DOMAIN.test(tenant)) {
    throw validationError(
      'Tenant ID is neither a GUID nor a domain.',
      'Copy Directory (tenant) ID from Entra admin center > App registrations > Overview.',
    );
  }
  return tenant;
}

function checkedScope({ scope, environmentUrl }: DynamicsAuthSettings): string {
  const text = scope?.trim();
  if (!text) return `${secureUrl(environmentUrl, 'Environment URL').origin}/.default`;
  if (/^\S+\/\.default$/.test(text)) return text;
  throw validationError(
    'Scope does not end with /.default.',
    'Leave Scope empty, or write the address of the environment followed by /.default.',
  );
}

function checkedProof({ authentication, clientSecret, certificate }: DynamicsAuthSettings): Proof {
  if (authentication !== 'certificate') {
    return { clientSecret: filled(clientSecret, 'Client Secret') };
  }
  filled(certificate?.certificate, 'Certificate');
  const { certificate: text = '', privateKey = '', passphrase = '' } = certificate ?? {};
  return { certificate: { certificate: text, privateKey, passphrase } };
}

/** Checks the settings and fills in what they leave out. */
export function signIn(settings: DynamicsAuthSettings): SignIn {
  const tenant = checkedTenant(settings.tenantId);
  const { authority, cloud = 'public' } = settings;
  // Who chose another host and did not name it must not send a secret to the public cloud.
  const host = authority === undefined ? CLOUDS[cloud] : filled(authority, 'Authority URL');
  const url = secureUrl(host, 'Authority URL');
  const path = trimEnd(url.pathname.replace(ENDPOINT, ''), '/');
  const withTenant = path.toLowerCase().endsWith(`/${tenant.toLowerCase()}`)
    ? path
    : `${path}/${tenant}`;
  return {
    authority: `https://${url.host}${withTenant}`,
    authorityHost: url.host,
    plain: url.protocol === 'http:' && isLoopback(url.hostname),
    clientId: filled(settings.clientId, 'Client ID'),
    proof: checkedProof(settings),
    scope: checkedScope(settings),
  };
}

/** Stands for one credential in memory. A changed secret or key is another credential; neither is kept in it. */
export function signInKey(settings: SignIn): string {
  const { authority, plain, clientId, proof, scope } = settings;
  const parts = JSON.stringify([authority, plain, clientId, proof, scope]);
  return createHash('sha256').update(parts).digest('hex');
}

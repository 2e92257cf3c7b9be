import { type Cloud, CLOUDS, type DynamicsAuthSettings } from './auth';

/** The fields of a stored connection, as a person filled them in. */
export interface ConnectionFields {
  url?: unknown;
  tenantId?: unknown;
  clientId?: unknown;
  /** `certificate`; anything else is by secret, as before there was a choice. */
  authentication?: unknown;
  clientSecret?: unknown;
  certificate?: unknown;
  privateKey?: unknown;
  passphrase?: unknown;
  /** A cloud of `CLOUDS`, or `custom` with `authority`. */
  cloud?: unknown;
  authority?: unknown;
  scope?: unknown;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

function isCloud(value: string): value is Cloud {
  return value in CLOUDS;
}

/** As it was filled in: in a passphrase a blank counts. */
const whole = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Only what is chosen: a secret that is still there beside a certificate makes no other credential. */
function proofIn(
  fields: ConnectionFields,
): Pick<DynamicsAuthSettings, 'authentication' | 'clientSecret' | 'certificate'> {
  if (text(fields.authentication) !== 'certificate') {
    return { authentication: 'clientSecret', clientSecret: text(fields.clientSecret) };
  }
  const { certificate, privateKey, passphrase } = fields;
  return {
    authentication: 'certificate',
    certificate: {
      certificate: whole(certificate),
      privateKey: whole(privateKey),
      passphrase: whole(passphrase),
    },
  };
}

/** The one reading of a stored connection, so that whoever holds it finds the same token. */
export function connectionSettings(fields: ConnectionFields): DynamicsAuthSettings {
  const cloud = text(fields.cloud);
  return {
    environmentUrl: environmentUrl(fields),
    tenantId: text(fields.tenantId),
    clientId: text(fields.clientId),
    ...proofIn(fields),
    cloud: isCloud(cloud) ? cloud : undefined,
    authority: cloud === 'custom' ? text(fields.authority) : undefined,
    scope: text(fields.scope) || undefined,
  };
}

/** Without what people paste along: a path, such as that of an app, or a slash at the end. */
export function environmentUrl({ url }: ConnectionFields): string {
  const given = text(url);
  return URL.canParse(given) ? new URL(given).origin : given;
}

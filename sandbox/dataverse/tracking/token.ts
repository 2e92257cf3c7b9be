import { DataverseError, errors } from '../errors';

/** How far a client has read. */
export interface DeltaToken {
  /** Version of the newest change that the client has seen. */
  version: number;
  /** Milliseconds since 1970 at which the token was given out, in whole seconds. */
  at: number;
}

const DAY_MS = 86_400_000;

const two = (value: number): string => String(value).padStart(2, '0');

/** `919042!08/22/2017 08:10:44`. Source: Dataverse docs, use-change-tracking-synchronize-data-external-systems. */
export function writeToken({ version, at }: DeltaToken): string {
  const date = new Date(at);
  const day = [date.getUTCMonth() + 1, date.getUTCDate()].map(two).join('/');
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':');
  return `${version}!${day}/${date.getUTCFullYear()} ${time}`;
}

/** The token as it stands in a link: percent signs with small letters. */
export const encodeToken = (token: DeltaToken): string =>
  encodeURIComponent(writeToken(token))
    .replaceAll('!', '%21')
    .replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase());

const TOKEN = /^(\d+)!(\d\d)\/(\d\d)\/(\d{4}) (\d\d:\d\d:\d\d)$/;

export function readToken(text: string): DeltaToken {
  const [, version, month, day, year, time] = TOKEN.exec(text) ?? [];
  const at = Date.parse(`${year}-${month}-${day}T${time}Z`);
  if (version === undefined || Number.isNaN(at)) {
    throw errors.query(`The delta token '${text.slice(0, 60)}' is not valid.`);
  }
  return { version: Number(version), at };
}

/** Deleted rows are remembered for so many days only; afterwards everything has to be read again. */
export function refuseExpired(token: DeltaToken, now: Date, days: number, status: number): void {
  if (now.getTime() - token.at < days * DAY_MS) return;
  throw new DataverseError(
    status,
    '0x80044352',
    'Version stamp associated with the client has expired. Please perform a full sync.',
  );
}

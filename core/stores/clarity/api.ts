import { has, trimEnd } from 'lodash';

import { validationError } from '../../errors';
import { parseUrl, secureUrl } from '../../http/url';
import { numberIn } from '../../values';
import type { FailureWords, Refusal } from '../kit/failure';
import type { StoreRehearsal } from '../kit/rehearsal';
import type { RestDescription } from '../kit/rest';
import { toList } from '../kit/scalars';
import { alternatives, readPath } from './profile/paths';
import type { Profile } from './profile/schema';

/** What n8n calls the credential. Messages name it so. */
export const CREDENTIAL_NAME = 'Clarity eCommerce API';

export interface ClarityAddress {
  /** Of the shop, or of its API: `https://shop.example`, `https://shop.example/api/v1`. */
  url: string;
  profile: Profile;
  /** What is known of the deployment in a dry run, by all clients that are opened together. */
  rehearsal?: StoreRehearsal;
}

/** The address as it is written, without a slash at its end. */
function address(url: string): URL {
  if (!parseUrl(url.trim())) {
    throw validationError(
      'API URL is not a web address',
      `Write it with its protocol in the credential ${CREDENTIAL_NAME}, such as https://shop.example.`,
    );
  }
  return secureUrl(url, 'API URL');
}

/** Where the API is: the profile says it where the address is that of a host alone. */
export function apiBase({ url, profile }: ClarityAddress): string {
  const { origin, pathname } = address(url);
  const path = trimEnd(pathname, '/');
  return `${origin}${path === '' ? trimEnd(profile.basePath, '/') : path}`;
}

/** Where paths lead that are not those of the API, such as that of a token. */
export function hostOf(url: string): string {
  return address(url).origin;
}

/** How a deployment says no, and what its user is to do then. */
export function wordsOf({ name, errors: { reasonAt, duplicate } }: Profile): FailureWords {
  return {
    service: 'Clarity',
    reasonAt,
    rules: duplicate.map((status) => ({
      status,
      says: /(?:)/,
      class: 'duplicate' as const,
      fix: 'The store has a record with this key already: update that one, or choose another key.',
    })),
    fixes: {
      authentication: `Check Authentication and its fields in the credential ${CREDENTIAL_NAME}.`,
      permission: (method) =>
        method === 'GET'
          ? `Let the user of the credential ${CREDENTIAL_NAME} read this kind of record.`
          : `The user of the credential ${CREDENTIAL_NAME} may only read: give it the right to write.`,
      validation: 'Correct the fields that the message names.',
      conflict: 'The record was changed meanwhile: read it again, then write.',
      'not-found': `Check the ID. If every request ends like this, check the API URL and the paths of the API Profile (${name}) in the credential ${CREDENTIAL_NAME}.`,
      throttled: 'The store asks for fewer requests: try again later.',
      transient: 'The store is not well for the moment: try again later.',
    },
    redirected: `Enter the address that the API really has as API URL in the credential ${CREDENTIAL_NAME}.`,
    notJson: `Check that the API URL in the credential ${CREDENTIAL_NAME} is the address of the API, and that the store is not closed for maintenance.`,
    unexpectedShape: `Compare the field names of the API Profile (${name}) in the credential ${CREDENTIAL_NAME} with what the store sends.`,
  };
}

/** Why something has failed, where an answer says it. */
const reasonFor = ({ reasonAt }: Profile['errors'], answer: unknown): string | undefined =>
  reasonAt
    .map((path) => readPath(answer, path))
    .find((text): text is string => typeof text === 'string');

/** A failure that comes with the status of a success; where the field is missing, the status says it. */
function refusalIn({ success, errors }: Profile): RestDescription['refusalIn'] {
  if (!success) return undefined;
  return (answer): Refusal | undefined => {
    const value = readPath(answer, success.at);
    if (value === undefined || value === success.is) return undefined;
    return { status: 422, reason: reasonFor(errors, answer) };
  };
}

export interface ListEnvelope {
  rows?: string | null;
  total?: string | null;
}

/**
 * The rows in the answer of a list. Where it has none, null may stand in their place, or the total alone say so: ServiceStack
 * leaves out what is null. Where nothing says that, or the answer gives a reason why, it is no list, and nobody knows that there
 * are none.
 */
function rowsIn(
  answer: unknown,
  rows: string | null | undefined,
  { errors }: Profile,
  totalIn: (answer: unknown) => number | undefined,
): unknown {
  if (Array.isArray(answer) || !rows) return toList(answer);
  const found = readPath(answer, rows);
  if (found !== undefined) return toList(found);
  const isNamed = alternatives(rows).some((path) => has(answer, path));
  const isNone = isNamed || totalIn(answer) === 0;
  return isNone && reasonFor(errors, answer) === undefined ? [] : toList(answer);
}

/**
 * The API of a deployment, as its profile describes it. A PUT or PATCH states what shall be, and a DELETE what shall not: all
 * may be sent twice. A POST may not; where a record has to be made only once, it is sent under its external id.
 */
export function describeApi(where: ClarityAddress, list: ListEnvelope = {}): RestDescription {
  const { profile } = where;
  const { paging, envelope } = profile;
  const rows = list.rows ?? envelope.rows;
  const total = list.total ?? envelope.total;
  const totalIn = (answer: unknown): number | undefined => {
    const count = numberIn(readPath(answer, total));
    return count !== undefined && count >= 0 ? count : undefined;
  };
  return {
    base: apiBase(where),
    words: wordsOf(profile),
    paging: {
      at: paging.page,
      counts: paging.counts,
      first: paging.first,
      size: paging.size,
      maxSize: paging.most,
    },
    rowsIn: (answer) => rowsIn(answer, rows, profile, totalIn),
    totalIn,
    refusalIn: refusalIn(profile),
    rehearsal: where.rehearsal,
  };
}

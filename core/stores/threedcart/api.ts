import { trimEnd } from 'lodash';
import { z } from 'zod';

import { numberIn } from '../../values';
import { secureUrl } from '../../http/url';
import type { Refusal } from '../kit/failure';
import type { ListAnswer, RestDescription } from '../kit/rest';
import { threeDCartRehearsal } from './rehearsal';
import type { ThreeDCartSignIn } from './signIn';
import { resultSchema, type WriteResult } from './wire';
import { API_URL, wordsFor } from './words';

/** The most records of one answer (SkuVault's client, which has asked for more). */
export const MOST_ORDERS = 300;
export const MOST_PRODUCTS = 200;
export const MOST_OTHERS = 500;

/** The most records that are written at once (SkuVault's client). */
export const MOST_WRITES = 100;

export interface ThreeDCartAddress {
  /** Default `API_URL`. */
  apiUrl?: string;
  /** Default `v2`. */
  version?: 'v1' | 'v2';
  /** Address of the store, which tells the API whose data is meant. With OAuth the token alone does. */
  secureUrl?: string;
  /** Left out where somebody else puts them on, as n8n does. */
  privateKey?: string;
  token?: string;
  /** For the words of failures. Default: `privateKey`. */
  signIn?: ThreeDCartSignIn;
}

/** Where a version of the API is. */
export function apiBase({ apiUrl = API_URL, version = 'v2' }: ThreeDCartAddress): string {
  const { origin, pathname } = secureUrl(apiUrl, 'API URL');
  const path = trimEnd(pathname, '/').replace(/\/3dCartWebAPI(\/v\d)?$/i, '');
  return `${origin}${path}/3dCartWebAPI/${version}`;
}

/** `shop.example/` → `https://shop.example`: documented with its protocol, and taken without. */
export function storeUrl(address: string): string {
  const text = trimEnd(address.trim(), '/');
  return /^https?:\/\//i.test(text) ? text : `https://${text}`;
}

/** Whether a write was refused, and why: `Key` says it, or `Status` alone. */
export function refusalOf({
  Key: key,
  Status: status,
  Message: reason,
}: WriteResult): Refusal | undefined {
  const code = numberIn(status) ?? 0;
  const isError = key?.trim().toLowerCase() === 'error' || code >= 400;
  return isError ? { status: code >= 400 ? code : 400, reason: reason ?? undefined } : undefined;
}

/** A record may have a `Key` of its own: only what has all the keys of a result is one. */
const resultsSchema = z
  .array(resultSchema.refine((value) => 'Key' in value && 'Status' in value && 'Message' in value))
  .min(1);

/** What an answer tells of each record that was written; undefined for any other answer. */
export function resultsIn(answer: unknown): WriteResult[] | undefined {
  return resultsSchema.safeParse(answer).data;
}

/** 3dcart calls an answer a success, and says inside of it that it was none (independent clients test for that). */
function refusalIn(answer: unknown): Refusal | undefined {
  for (const result of resultsIn(answer) ?? []) {
    const refusal = refusalOf(result);
    if (refusal) return refusal;
  }
  return undefined;
}

/** In what a list says of itself that has ended, or is empty (recorded by independent clients). */
const THE_END = /Offset amount exceeds/i;

/** `/Orders`, and not `/Orders/7/Shipments`. */
const OF_NO_RECORD = /^\/\w+$/;

/**
 * A list that has ended, or is empty, answers with the results of a write, of which one is a refusal. Its words are known,
 * and independent clients have met them inside of a success, too. In other words it ends a list with a 404 alone, and not a
 * list below a record: there is then no such record. A 404 of another shape is no answer of the API: a path or version that
 * it does not have, a proxy.
 */
function isPastTheEnd({ status, body, path }: ListAnswer): boolean {
  const refusals = (resultsIn(body) ?? []).filter((result) => refusalOf(result));
  if (refusals.some(({ Message: reason }) => THE_END.test(reason ?? ''))) return true;
  return status === 404 && refusals.length > 0 && OF_NO_RECORD.test(path);
}

/**
 * 3dcart's REST API (v1 and v2): JSON in and out, every answer to a question a list, every update a partial `PUT`. A
 * list that is empty or has ended is a 404. A POST may not be sent twice: nothing in 3dcart tells the second from the
 * first.
 */
export function describeApi(address: ThreeDCartAddress): RestDescription {
  const { secureUrl: store, privateKey, token, signIn } = address;
  return {
    base: apiBase(address),
    headers: {
      ...(store && { secureurl: storeUrl(store) }),
      ...(privateKey && { privatekey: privateKey }),
      ...(token && { token }),
    },
    words: wordsFor(signIn),
    paging: {
      at: 'offset',
      counts: 'rows',
      size: 'limit',
      maxSize: MOST_OTHERS,
      honoursSize: true,
      isPastTheEnd,
    },
    refusalIn,
    rehearsal: threeDCartRehearsal(apiBase(address)),
  };
}

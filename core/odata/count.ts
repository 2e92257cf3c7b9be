import { ServiceError } from '../errors';
import { entitySet, queryString } from './query';
import type { ODataClient } from './types';

export interface CountQuery {
  set: string;
  filter?: string;
  /** A column that every row has, to go through them where the service stops counting. Left out: all columns. */
  key?: string;
}

/** A byte order mark may stand before the number. */
function numberIn(body: unknown): number | undefined {
  const text = String(body ?? '')
    .replace(/^\uFEFF/, '')
    .trim();
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

/**
 * How many rows match, exactly. `/$count` tells it in one request (OData 4.0 URL Conventions, 4.8); where the service
 * counts no further than `limits.countUpTo`, the rows are gone through by their keys: one request for each page.
 */
export async function countRows(
  client: ODataClient,
  { set, filter, key }: CountQuery,
): Promise<number> {
  const { words, limits } = client.service;
  const path = `${entitySet(set, words.set)}/$count${queryString({ filter }, words.column)}`;
  const answer = await client.request({
    method: 'GET',
    path,
    headers: { accept: 'text/plain' },
  });
  const count = numberIn(answer.body);
  if (count === undefined) {
    throw new ServiceError(`${words.name} answered without a number of rows.`, {
      class: 'unknown',
      status: answer.status,
      fix: `Check that the ${words.address} is that of ${words.name} itself and not of a page in front of it.`,
    });
  }
  if (limits.countUpTo === undefined || count < limits.countUpTo) return count;
  let all = 0;
  const query = { filter, select: key === undefined ? undefined : [key] };
  for await (const page of client.pages(set, query)) all += page.length;
  return all;
}

import { omit } from 'lodash';

import { ServiceError } from '../../../errors';
import { momentIn } from '../../../values';
import { asRow, foreignAnswer } from '../../../odata/answers';
import { listIn } from '../../../odata/listIn';
import { toGuid } from '../../../odata/query';
import type { BatchAnswer, Row } from '../../../odata/types';
import { entitySet } from '../operations';
import type { Dataverse, DataverseTable } from '../types';

/** Dataverse docs: use-change-tracking-synchronize-data-external-systems. */

/** Dataverse docs, web-service-error-codes: of a table that keeps no trail, and of a token that is too old. */
const NOT_TRACKED = '0x80072491';
const EXPIRED = '0x80044352';

/** Says on the first read that a trail is wanted; a delta link says it itself. */
const TRACK = { prefer: 'odata.track-changes' };

/** A page of what has changed. */
export interface ChangesPage {
  changed: Array<{ id: string; version?: string }>;
  /** Ids of rows that are deleted. */
  deleted: string[];
  /** Address where the reading goes on. */
  next: string;
  isLast: boolean;
  /** When the environment was asked, in milliseconds since the epoch by its clock. */
  askedAt: number;
}

/** Of a row, from the ETag that each row of an answer has: `W/"915244"`. */
export function versionOf(row: Row): string | undefined {
  const { versionnumber, '@odata.etag': etag } = row;
  if (typeof versionnumber === 'number' || typeof versionnumber === 'string') {
    return String(versionnumber);
  }
  return /^W\/"(\d+)"$/.exec(String(etag ?? ''))?.[1];
}

/** `{ "@odata.context": "…/$metadata#accounts/$deletedEntity", "id": "…", "reason": "deleted" }` */
function isDeleted(entry: Row): boolean {
  return String(entry['@odata.context'] ?? '').endsWith('/$deletedEntity');
}

/**
 * Dataverse says where one goes on by a next link while there is more, and by a delta link at the end; where it stands
 * while there is more is documented nowhere, and so it counts on the last page alone.
 */
function linksOf(
  { service }: Dataverse,
  answer: BatchAnswer,
): Pick<ChangesPage, 'next' | 'isLast'> {
  const { '@odata.nextLink': more, '@odata.deltaLink': delta } = asRow(service, answer);
  if (typeof more === 'string' && more !== '') return { next: more, isLast: false };
  if (typeof delta === 'string' && delta !== '') return { next: delta, isLast: true };
  throw foreignAnswer(service, answer);
}

function notTracked({ displayName, logicalName }: DataverseTable, cause: ServiceError) {
  const { status, code, requestId } = cause;
  return new ServiceError(
    `Change tracking is off for the table ${displayName} (${logicalName}), so that Dataverse cannot tell what has changed`,
    {
      class: 'configuration',
      fix: 'Run Environment: Prepare of the node Dynamics 365 with the part Change Tracking, or switch it on in Power Apps > Tables > Properties > Advanced options > Track changes. It cannot be switched off again.',
      ...{ status, code, requestId, cause },
    },
  );
}

/** Whether a failure says that Dataverse has thrown away what it knew of changes since a token was given. */
export const isExpired = ({ code }: ServiceError): boolean => code?.toLowerCase() === EXPIRED;

/**
 * One page of what has changed in a table: first all that there is, then what has changed since. Only ids are asked for, so
 * that a token holds whatever columns are wanted of the rows, now or later.
 *
 * @param from the address that an earlier page gave; left out: the beginning
 */
export async function readChanges(
  client: Dataverse,
  table: DataverseTable,
  from?: string,
): Promise<ChangesPage> {
  const { entitySetName, primaryId } = table;
  const first = `${entitySet(entitySetName)}?$select=${primaryId}`;
  const isDelta = from?.includes('$deltatoken=') || from?.includes('%24deltatoken=');
  try {
    const answer = await client.request({
      method: 'GET',
      path: from ?? first,
      ...(!isDelta && { headers: TRACK }),
    });
    return pageOf(client, table, answer);
  } catch (error) {
    if (!(error instanceof ServiceError) || error.code?.toLowerCase() !== NOT_TRACKED) throw error;
    throw notTracked(table, error);
  }
}

function pageOf(
  client: Dataverse,
  { primaryId }: DataverseTable,
  answer: BatchAnswer,
): ChangesPage {
  const { value } = asRow(client.service, answer);
  if (!Array.isArray(value)) throw foreignAnswer(client.service, answer);
  const entries = value as Row[];
  return {
    changed: entries
      .filter((entry) => !isDeleted(entry))
      .map((entry) => ({ id: String(entry[primaryId]), version: versionOf(entry) })),
    deleted: entries.filter(isDeleted).map(({ id }) => String(id)),
    ...linksOf(client, answer),
    askedAt: momentIn(answer.headers['date'], { zone: 'UTC' }) ?? Date.now(),
  };
}

/** Rows as they are now, in the order of the ids; one that is deleted is not among them. */
export async function readRows(
  client: Dataverse,
  { entitySetName, primaryId }: DataverseTable,
  ids: readonly string[],
  select?: readonly string[],
): Promise<Row[]> {
  const [rows = []] = await listIn(client, [
    {
      set: entitySetName,
      column: primaryId,
      values: [...ids],
      ...(select && { select: [...select] }),
    },
  ]);
  const byId = new Map(rows.map((row) => [String(row[primaryId]).toLowerCase(), row]));
  const inOrder = ids.map((id) => byId.get(id.toLowerCase()));
  return inOrder.filter((row) => row !== undefined);
}

/**
 * One row as it is now, as it stands among others too: an answer of one row alone says where its metadata are, which would
 * make other content of it.
 */
export async function readRow(
  client: Dataverse,
  { entitySetName }: DataverseTable,
  id: string,
  select?: readonly string[],
): Promise<Row> {
  const row = await client.get(entitySetName, toGuid(id), select && { select: [...select] });
  return omit(row, '@odata.context');
}

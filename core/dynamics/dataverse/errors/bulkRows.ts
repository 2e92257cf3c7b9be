import { z } from 'zod';

import type { ServiceError } from '../../../errors';

/**
 * What became of each row of a bulk message to an elastic table, which has no transactions: some may be written while
 * others are refused (Dataverse docs: bulk-operations, "On Error behavior with elastic tables").
 */
const rowsSchema = z.array(z.object({ RequestIndex: z.number(), StatusCode: z.number() }));

/** Told only to who asks for annotations of errors; in the words of the SDK it is `Plugin.BulkApiErrorDetails`. */
const ANNOTATION = /^@Microsoft\.PowerApps\.CDS\.ErrorDetails\.(?:Plugin\.)?BulkApiErrorDetails$/i;

const writtenRows = new WeakMap<ServiceError, ReadonlySet<number>>();

function asJson(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const asObject = (value: unknown): object =>
  typeof value === 'object' && value !== null ? value : {};

/** Notes beside an error which rows were written all the same. */
export function noteRows(error: ServiceError, body: unknown): void {
  const outer = asObject(asJson(body));
  const inner = asObject('error' in outer ? outer.error : undefined);
  const [, text] = Object.entries(inner).find(([name]) => ANNOTATION.test(name)) ?? [];
  const rows = rowsSchema.safeParse(asJson(text));
  if (!rows.success) return;
  const written = rows.data.filter(({ StatusCode }) => StatusCode >= 200 && StatusCode < 300);
  writtenRows.set(error, new Set(written.map(({ RequestIndex }) => RequestIndex)));
}

/** Places of the targets that were written, from 0; empty where none was. */
export const writtenIn = (error: ServiceError): ReadonlySet<number> =>
  writtenRows.get(error) ?? new Set();

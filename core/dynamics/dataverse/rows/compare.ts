import Big from 'big.js';

import type { Row } from '../../../odata/types';

const BINDING = '@odata.bind';
const ISO_DATE = /^\d{4}-\d{2}-\d{2}(T|$)/;
const DATE_ONLY_LENGTH = 10;

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function number(value: unknown): Big | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  try {
    return new Big(value);
  } catch {
    return undefined;
  }
}

function sameText(wanted: string, stored: string): boolean {
  const plain = (value: string): string => value.replaceAll('\r\n', '\n').trimEnd();
  return plain(wanted) === plain(stored);
}

/** Stored dates have either no time (DateOnly) or end in Z; wanted ones may carry an offset or milliseconds. */
function sameDate(wanted: string, stored: string): boolean {
  if (stored.length === DATE_ONLY_LENGTH) return wanted.slice(0, DATE_ONLY_LENGTH) === stored;
  const seconds = (value: string): number => Math.floor(Date.parse(value) / 1000);
  return seconds(wanted) === seconds(stored);
}

/** Whether writing `wanted` over `stored` would change the row. Money is compared as decimals, not as floats. */
export function sameValue(wanted: unknown, stored: unknown): boolean {
  if (isNothing(wanted) || isNothing(stored)) return isNothing(wanted) && isNothing(stored);
  if (typeof stored === 'number') return number(wanted)?.eq(stored) ?? false;
  if (typeof stored === 'boolean') return String(wanted) === String(stored);
  if (typeof stored === 'string') {
    const text = String(wanted);
    if (ISO_DATE.test(stored) && ISO_DATE.test(text)) return sameDate(text, stored);
    return sameText(text, stored);
  }
  return JSON.stringify(wanted) === JSON.stringify(stored);
}

/** `/accounts(<guid>)` → the GUID; undefined for an alternate key, whose row only the service knows. */
function boundId(value: unknown): string | undefined {
  return /\(([0-9a-f-]{36})\)$/i.exec(String(value))?.[1]?.toLowerCase();
}

/**
 * The lookup columns that a navigation property may write. Most are named like the column (custom ones in
 * another case); those of a polymorphic lookup have the target behind it: `customerid_account`.
 */
export function lookupColumns(navigation: string): string[] {
  const name = navigation.toLowerCase();
  const withoutTarget = name.replace(/_[a-z0-9]+$/, '');
  return [...new Set([name, withoutTarget])].map((column) => `_${column}_value`);
}

function sameBinding(navigation: string, wanted: unknown, stored: Row): boolean {
  const column = lookupColumns(navigation).find((candidate) => candidate in stored);
  if (column === undefined) return false;
  const current = stored[column];
  if (isNothing(wanted) || isNothing(current)) return isNothing(wanted) && isNothing(current);
  return boundId(wanted) === String(current).toLowerCase();
}

/**
 * The columns of `wanted` that differ from the stored row. Only these are worth sending: an unchanged value in a
 * PATCH still raises events and audit entries (Dataverse docs: update-delete-entities-using-web-api).
 */
export function changedColumns(wanted: Row, stored: Row): Row {
  return Object.fromEntries(
    Object.entries(wanted).filter(([key, value]) => !isStored(key, value, stored)),
  );
}

/** Whether the stored row has already what a column, or a binding, would write. */
export function isStored(key: string, value: unknown, stored: Row): boolean {
  return key.endsWith(BINDING)
    ? sameBinding(key.slice(0, -BINDING.length), value, stored)
    : sameValue(value, stored[key]);
}

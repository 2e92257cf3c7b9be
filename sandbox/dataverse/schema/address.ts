import { choice, memo, text } from './columns';
import type { ColumnSchema } from './types';

/** The address columns of account and contact: `address1_line1` and so on. */
export function address(prefix: string, label: string): ColumnSchema[] {
  const own = (name: string, maxLength: number): ColumnSchema =>
    text(`${prefix}_${name}`, maxLength, { label: `${label}: ${name}` });
  return [
    memo(`${prefix}_composite`, 1000, { label, writable: 'never' }),
    choice(`${prefix}_addresstypecode`, { 1: 'Bill To', 2: 'Ship To', 3: 'Primary', 4: 'Other' }),
    own('name', 200),
    own('line1', 250),
    own('line2', 250),
    own('line3', 250),
    own('city', 80),
    own('stateorprovince', 50),
    own('county', 50),
    own('postalcode', 20),
    own('country', 80),
    own('telephone1', 50),
    own('telephone2', 50),
    own('fax', 50),
    own('primarycontactname', 100),
  ];
}

/**
 * `billto_*` and `shipto_*` of quotes and orders, with the lengths of the salesorder reference page. An invoice has the same but
 * for the name of a contact (invoice reference page).
 */
export function documentAddress(prefix: 'billto' | 'shipto'): ColumnSchema[] {
  const label = prefix === 'billto' ? 'Bill To' : 'Ship To';
  const own = (name: string, maxLength: number): ColumnSchema =>
    text(`${prefix}_${name}`, maxLength, { label: `${label} ${name}` });
  return [
    memo(`${prefix}_composite`, 1000, { label: `${label} Address`, writable: 'never' }),
    own('name', 200),
    own('contactname', 150),
    own('line1', 250),
    own('line2', 250),
    own('line3', 250),
    own('city', 80),
    own('stateorprovince', 50),
    own('postalcode', 20),
    own('country', 80),
    own('telephone', 50),
    own('fax', 50),
  ];
}

const PARTS = ['line1', 'line2', 'line3'] as const;

/** The text of a `*_composite` column, made from its parts. */
export function composite(
  prefix: string,
  part: (name: string) => string | undefined,
): string | null {
  const read = (name: string): string => part(`${prefix}_${name}`) ?? '';
  const town = [
    read('city'),
    [read('stateorprovince'), read('postalcode')].filter(Boolean).join(' '),
  ]
    .filter(Boolean)
    .join(', ');
  const lines = [...PARTS.map(read), town, read('country')].filter(Boolean);
  return lines.length > 0 ? lines.join('\r\n') : null;
}

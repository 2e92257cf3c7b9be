import { maxBy, uniqBy } from 'lodash';

import { validationError } from '../errors';
import type { RecordView } from './ledger';

/** A record of a shop, as the ledger or a row of the other system names it. */
export interface NamedSource {
  /** `platform:store:kind:id` */
  key: string;
  platform: string;
  store: string;
  kind: string;
  id: string;
  /** What people call it, such as the number of an order. */
  number?: string;
}

/** Which records are meant; what is left out, any. */
export interface SourceScope {
  platform?: string;
  store?: string;
  kind?: string;
}

/** A record by its key. The id may hold colons, what stands before it does not. */
export function sourceInKey(key: string): Omit<NamedSource, 'key' | 'number'> {
  const [platform = '', store = '', kind = '', ...id] = key.split(':');
  return { platform, store, kind, id: id.join(':') };
}

const isAmong = (source: SourceScope, scope: SourceScope): boolean =>
  (['platform', 'store', 'kind'] as const).every(
    (part) => scope[part] === undefined || scope[part] === source[part],
  );

/**
 * The one record that a row of another system was made of, among all that the ledger has linked to the row: several flows may
 * have sent it.
 *
 * @returns undefined where none of them is meant
 * @throws a validation error where two records are linked to the row: nobody can say which of them it is
 */
export function sourceAmong(views: RecordView[], scope: SourceScope): NamedSource | undefined {
  const meant = views.filter(({ key }) => isAmong(sourceInKey(key), scope));
  const keys = uniqBy(meant, 'key').map(({ key }) => key);
  if (keys.length > 1) {
    throw validationError(
      `The row was made of two records: ${keys.slice(0, 2).join(' and ')}`,
      'Name the shop under Platform and Store. Where both are records of it, one of them was linked to a row of the other: link it to its own with Sync Ledger: Link.',
    );
  }
  const latest = maxBy(meant, 'updatedAt');
  return latest && { key: latest.key, ...sourceInKey(latest.key), number: latest.number };
}

/** Columns that *Environment: Prepare* makes, by the end of their names: the prefix, which both share, is the publisher's. */
const SHOP_COLUMN = '_externalsource';
const ID_COLUMN = '_externalid';

/** What both columns hold, of the first publisher whose columns are filled; columns of one alone are somebody else's. */
function referenceIn(row: object): [shop: string, id: string] {
  const textOf = (name: string): string => {
    const value: unknown = (row as Record<string, unknown>)[name];
    return typeof value === 'string' ? value.trim() : '';
  };
  const pairs = Object.keys(row)
    .filter((name) => name.endsWith(SHOP_COLUMN))
    .map((name): [string, string] => {
      return [textOf(name), textOf(name.slice(0, -SHOP_COLUMN.length) + ID_COLUMN)];
    });
  return pairs.find(([shop, id]) => shop !== '' && id !== '') ?? ['', ''];
}

/** What the columns for a shop's record hold: `xcart.main`, because a colon cannot be looked for by a key. */
export const shopReference = ({ platform, store }: { platform: string; store: string }): string =>
  `${platform}.${store}`;

/**
 * The record that a row itself names in the columns for it.
 *
 * @param kind of which kind the records are that the rows of the table are made of
 */
export function sourceInRow(row: object, scope: SourceScope): NamedSource | undefined {
  const [shop, id] = referenceIn(row);
  const [, platform, store] = /^([^.]+)\.(.+)$/.exec(shop) ?? [];
  if (platform === undefined || store === undefined) return undefined;
  const { kind = 'order' } = scope;
  if (!isAmong({ platform, store, kind }, scope)) return undefined;
  return { key: [platform, store, kind, id].join(':'), platform, store, kind, id };
}

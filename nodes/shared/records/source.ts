import type { INodeProperties } from 'n8n-workflow';

import { validationError } from '../../../core/errors';
import { inFlight } from '../../../core/http/in-flight';
import { settle } from '../../../core/outcome';
import { firstRows, fittingRows, type PageOptions, type Pages } from '../../../core/http/pages';
import { type RecordIdentity, sourceOf } from '../../../core/feeds/records';
import { ITEMS_AT_ONCE } from '../steps';
import type { RecordKind } from './kind';
import type { OpenedStore, StoreService } from './service';

/** @param note what else comes with the source */
export function addSourceField<Store extends OpenedStore>(
  { name }: StoreService<Store>,
  one: string,
  note = '',
): INodeProperties {
  const whether = `Whether to add where the ${one} comes from, in the field source, as the ${name} Trigger does. Sync Ledger knows the ${one} by it.`;
  return {
    displayName: 'Add Source',
    name: 'addSource',
    type: 'boolean',
    default: true,
    description: `${whether} ${note}`.trim(),
  };
}

/** @param readAt when the store was asked, not when it answered */
export function withSource<Store extends OpenedStore, Row extends object>(
  source: RecordIdentity<Row> | ((store: Store) => RecordIdentity<Row>),
  store: Store,
  record: Row,
  readAt: number,
): object {
  const type = typeof source === 'function' ? source(store) : source;
  return { ...record, source: sourceOf(type, store, record, 'poll', readAt) };
}

type Sourced<Store, Row extends object> = Required<Pick<RecordKind<Store, Row>, 'source'>> &
  Pick<RecordKind<Store, Row>, 'following'>;

/** A record as the trigger puts it out. Rejects where it is another one that the store keeps in the same list. */
export async function withSourceOf<Store extends OpenedStore, Row extends object>(
  { source, following }: Sourced<Store, Row>,
  store: Store,
  record: Row,
  readAt: number,
): Promise<object> {
  if (!following) return withSource(source, store, record, readAt);
  const { isOne, another, complete } = following;
  if (!isOne(record)) throw validationError(another.message, another.fix);
  return withSource(source, store, await complete(store, record), readAt);
}

/** The first records of a list, all as the trigger puts them out, without the others that the store keeps in it. */
export async function listSource<Store extends OpenedStore, Row extends object>(
  { source, following }: Sourced<Store, Row>,
  store: Store,
  pages: (page: PageOptions) => Pages<Row>,
  most: number,
): Promise<object[]> {
  const readAt = Date.now();
  if (!following) {
    const rows = await firstRows(pages, most);
    return rows.map((row) => withSource(source, store, row, readAt));
  }
  const rows = await firstRows((page) => fittingRows(pages(page), following.isOne), most);
  const whole = await inFlight(rows, ITEMS_AT_ONCE, async (row) => {
    const read = await settle(async () => await following.complete(store, row));
    if (read.ok) return [withSource(source, store, read.value, readAt)];
    // Deleted since the list was read.
    if (read.error.class === 'not-found') return [];
    throw read.error;
  });
  return whole.flat();
}

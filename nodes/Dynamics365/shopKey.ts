import type { INodeProperties } from 'n8n-workflow';

import { identityOf } from '../../core/commerce/identity';
import type { RecordSource } from '../../core/commerce/source';
import { validationError } from '../../core/errors';
import type { TableReader } from '../shared/table/reader';

/** Value of Find By: the key that is made of a record of a shop, the same as in mappings. */
export const OF_SHOP = 'shopRecord';

interface Kind {
  name: string;
  /** What is identified. */
  value: string;
  /** The kind of record whose ID it is made of. */
  of: string;
}

/** Those that are made of the ID of the record that an item is of, and of nothing else in it. */
const KINDS: readonly Kind[] = [
  { name: 'Account of the Customer', value: 'account', of: 'customer' },
  { name: 'Account of the Order', value: 'order-account', of: 'order' },
  { name: 'Contact of the Order', value: 'order-customer', of: 'order' },
  { name: 'Customer', value: 'customer', of: 'customer' },
  { name: 'Order', value: 'order', of: 'order' },
  { name: 'Product', value: 'product', of: 'product' },
];

/** Field of that way to find a row. */
export const shopKind: INodeProperties = {
  displayName: 'Made Of',
  name: 'shopKind',
  type: 'options',
  default: 'order',
  description:
    'What the row is made of, by the record that the field source of the item names. A customer whom Match or Create has found under another ID stands there.',
  options: KINDS.map(({ name, value }) => ({ name, value })),
};

/**
 * The primary key of the row that a shop's record becomes.
 *
 * @throws a validation error where the item does not say of which record it is, or of another kind
 */
export function shopKeyOf(reader: TableReader, index: number): string {
  const chosen = reader.read<string>('shopKind', index);
  const kind = KINDS.find(({ value }) => value === chosen);
  if (!kind) {
    throw validationError(`There is no record of the kind "${chosen}"`, 'Choose one in Made Of.');
  }
  const source = reader.item(index)?.json['source'] as RecordSource | undefined;
  if (typeof source !== 'object' || source === null) {
    throw validationError(
      'The item does not say of which record of a shop it is',
      'Keep the field source that triggers put on each item, and that Get adds with Add Source.',
    );
  }
  if (source.kind !== kind.of) {
    throw validationError(
      `The item is of the kind "${source.kind}", and ${kind.name} is made of the kind "${kind.of}"`,
      'Choose in Made Of what this record becomes, or find the row in another way.',
    );
  }
  const { platform, store, id } = source;
  return identityOf({ platform, store, kind: kind.value, id });
}

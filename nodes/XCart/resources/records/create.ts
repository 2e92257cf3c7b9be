import type { Operation } from '../../../shared/operation';
import { recordValueFields, readRecordValues } from '../../fields/document';
import { eachItem } from '../../../shared/steps';
import { openStore } from '../../connection';
import type { RecordKind } from './kind';

/** A create whose answer is lost is not sent again: X-Cart has no key to look up whether it was carried out. */
export function create<T extends object>(kind: RecordKind<T>): Operation {
  return {
    name: 'Create',
    value: 'create',
    action: `Create ${kind.one}`,
    description: `Create a new ${kind.one}`,
    properties: [...kind.parents, ...recordValueFields(kind.required, kind.optional)],
    start: eachItem(openStore, async (store, { read, item, index }) => {
      const records = await kind.open(store.client, read, index);
      return await records.create(readRecordValues(read, kind.required, item, index));
    }),
  };
}

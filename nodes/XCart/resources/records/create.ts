import type { Operation } from '../../../shared/operation';
import { documentFields, readDocument } from '../../fields/document';
import { eachItem } from '../../items';
import type { RecordKind } from './kind';

/** A create whose answer is lost is not sent again: X-Cart has no key to look up whether it was carried out. */
export function create<T extends object>(kind: RecordKind<T>): Operation {
  return {
    name: 'Create',
    value: 'create',
    action: `Create ${kind.one}`,
    description: `Create a new ${kind.one}`,
    properties: [...kind.parents, ...documentFields(kind.required, kind.optional)],
    async execute(items) {
      return await eachItem(this, items, async ({ store, read }, index) => {
        const records = await kind.open(store.client, read, index);
        return await records.create(readDocument(read, kind.required, items[index], index));
      });
    },
  };
}

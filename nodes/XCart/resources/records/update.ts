import { omit } from 'lodash';
import type { INodeProperties } from 'n8n-workflow';

import type { Operation } from '../../../shared/operation';
import { documentFields, readDocument } from '../../fields/document';
import { eachItem } from '../../items';
import type { RecordKind } from './kind';

export function update<T extends object>(kind: RecordKind<T>): Operation {
  const optional = [...kind.required, ...kind.optional].map((field): INodeProperties =>
    omit(field, 'required'),
  );
  return {
    name: 'Update',
    value: 'update',
    action: `Update ${kind.one}`,
    description: `Change fields of one ${kind.one}; fields that are not named stay as they are`,
    properties: [...kind.parents, kind.locator, ...documentFields([], optional)],
    async execute(items) {
      return await eachItem(this, items, async ({ store, read }, index) => {
        const records = await kind.open(store.client, read, index);
        const id = await kind.id(store.client, read, index);
        return await records.update(id, readDocument(read, [], items[index], index));
      });
    },
  };
}

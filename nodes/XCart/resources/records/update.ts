import { omit } from 'lodash';
import type { INodeProperties } from 'n8n-workflow';

import type { Operation } from '../../../shared/operation';
import { recordValueFields, readRecordValues } from '../../fields/document';
import { eachItem } from '../../../shared/steps';
import { openStore } from '../../connection';
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
    properties: [...kind.parents, kind.locator, ...recordValueFields([], optional)],
    start: eachItem(openStore, async (store, { read, item, index }) => {
      const records = await kind.open(store.client, read, index);
      const id = await kind.id(store.client, read, index);
      return await records.update(id, readRecordValues(read, [], item, index));
    }),
  };
}

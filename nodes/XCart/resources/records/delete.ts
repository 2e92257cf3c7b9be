import type { Operation } from '../../../shared/operation';
import { eachItem } from '../../../shared/steps';
import { openStore } from '../../connection';
import type { RecordKind } from './kind';

export function remove<T extends object>(kind: RecordKind<T>): Operation {
  return {
    name: 'Delete',
    value: 'delete',
    action: `Delete ${kind.one}`,
    description: `Delete one ${kind.one} permanently`,
    properties: [...kind.parents, kind.locator],
    start: eachItem(openStore, async (store, { read, index }) => {
      const records = await kind.open(store.client, read, index);
      await records.remove(await kind.id(store.client, read, index));
      return { deleted: true };
    }),
  };
}

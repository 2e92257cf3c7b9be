import type { Operation } from '../../../shared/operation';
import { eachItem } from '../../../shared/steps';
import { openStore } from '../../connection';
import type { RecordKind } from './kind';

export function get<T extends object>(kind: RecordKind<T>): Operation {
  return {
    name: 'Get',
    value: 'get',
    action: `Get ${kind.one}`,
    description: `Get one ${kind.one}`,
    properties: [...kind.parents, kind.locator],
    start: eachItem(openStore, async (store, { read, index }) => {
      const records = await kind.open(store.client, read, index);
      return await records.get(await kind.id(store.client, read, index));
    }),
  };
}

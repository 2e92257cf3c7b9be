import { pick } from 'lodash';

import { firstRows } from '../../../../core/stores/kit/pages';
import { limit, returnAll, simplify } from '../../../shared/fields';
import type { Operation } from '../../../shared/operation';
import type { ParameterReader } from '../../../shared/parameters';
import { eachItem } from '../../../shared/steps';
import { openStore } from '../../connection';
import type { RecordKind } from './kind';

export function readLimit(read: ParameterReader, index: number): number {
  return read<boolean>('returnAll', index) ? Infinity : read<number>('limit', index);
}

export function getAll<T extends object>(kind: RecordKind<T>): Operation {
  return {
    name: 'Get Many',
    value: 'getAll',
    action: `Get many ${kind.many}`,
    description: `Get a list of ${kind.many}`,
    properties: [...kind.parents, returnAll, limit, simplify, ...kind.filters],
    start: eachItem(openStore, async (store, { read, index }) => {
      const records = await kind.open(store.client, read, index);
      const query = kind.query(read, index);
      const rows = await firstRows((page) => records.pages(query, page), readLimit(read, index));
      return read<boolean>('simplify', index) ? rows.map((row) => pick(row, kind.simple)) : rows;
    }),
  };
}

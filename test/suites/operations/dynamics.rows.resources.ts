/** The operations on products of Dynamics 365 and on what belongs to them. */
import { seedGuid } from '../../../sandbox/dataverse/catalogue';
import { tableRows } from './dynamics.table';
import type { OperationRow } from './row';

const UNIT = {
  defaultuomid: seedGuid('unit', 'Each'),
  defaultuomscheduleid: seedGuid('unit group', 'Default Unit'),
};

export const resourceRows: OperationRow[] = tableRows({
  resource: 'product',
  noun: 'product',
  table: 'product',
  set: 'products',
  primaryId: 'productid',
  make: [
    { productnumber: 'NEW-1', name: 'One', ...UNIT },
    { productnumber: 'NEW-2', name: 'Other', ...UNIT },
  ],
  change: [{ name: 'Third' }, { description: 'Fourth' }],
  kept: ({ defaultuomid, defaultuomscheduleid, ...columns }) => ({
    ...columns,
    ...(defaultuomid !== undefined && { _defaultuomid_value: defaultuomid }),
    ...(defaultuomscheduleid !== undefined && {
      _defaultuomscheduleid_value: defaultuomscheduleid,
    }),
  }),
});

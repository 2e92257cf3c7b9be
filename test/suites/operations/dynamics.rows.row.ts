/** The operations on any table of Dynamics 365. */
import { by } from './ask';
import { tableRows } from './dynamics.table';
import type { OperationRow } from './row';

export const rowRows: OperationRow[] = tableRows({
  resource: 'row',
  noun: 'row',
  table: 'account',
  set: 'accounts',
  primaryId: 'accountid',
  where: { table: by('name', 'account') },
  make: [{ name: 'Contoso', numberofemployees: '7' }, { name: 'Fabrikam' }],
  change: [{ telephone1: '1' }, { name: 'Fabrikam Ltd' }],
  kept: ({ numberofemployees, ...columns }) => ({
    ...columns,
    ...(numberofemployees !== undefined && { numberofemployees: Number(numberofemployees) }),
  }),
  // Each table has columns of its own.
  preview: 'none',
});

/** The operations on accounts and contacts of Dynamics 365. */
import type { IDataObject } from 'n8n-workflow';

import { tableRows } from './dynamics.table';
import type { Asked, OperationRow } from './row';

/** What a customer of a shop is made of, which has a key already. */
const customer = (key: string, columns: IDataObject): Asked => ({
  parameters: { columnsSource: 'field', columnsField: 'record' },
  json: { record: { [key]: '7b1f9a06-0000-5000-8000-000000000001', ...columns } },
});

/** The first is there under an ID of Dynamics 365's own, the second is new. */
const matchRow = (
  resource: 'account' | 'contact',
  [one, other]: readonly [IDataObject, IDataObject],
): OperationRow => {
  const key = `${resource}id`;
  return {
    resource,
    operation: 'match',
    ask: async (shop) => {
      await shop.made(resource, [
        {
          parameters: { columnsSource: 'field', columnsField: 'record' },
          json: { record: { ...one, [key]: '7b1f9a06-0000-5000-8000-000000000009' } },
        },
      ]);
      return [
        customer(key, one),
        customer(key, { ...other, [key]: '7b1f9a06-0000-5000-8000-000000000002' }),
      ];
    },
    bad: customer(key, { ...one, [key]: '' }),
    says: new RegExp(`^The columns have no "${key}"$`),
    fails: 'validation',
    shows: (_, index) => ({ outcome: index === 0 ? 'matched' : 'created' }),
    kept: (shop, { json }, { id }) => {
      const { [key]: _, ...columns } = json?.record as IDataObject;
      return { is: shop.kept(`${resource}s`, id), expected: columns };
    },
    // `matchedBy` comes of those alone that were found.
    preview: ['id', 'outcome'],
  };
};

export const customerRows: OperationRow[] = [
  ...tableRows({
    resource: 'account',
    noun: 'account',
    table: 'account',
    set: 'accounts',
    primaryId: 'accountid',
    make: [{ name: 'Contoso' }, { name: 'Fabrikam', accountnumber: 'F-1' }],
    change: [{ telephone1: '1' }, { name: 'Fabrikam Ltd' }],
  }),
  matchRow('account', [
    { name: 'Litware', emailaddress1: 'litware@example.com' },
    { name: 'Northwind', emailaddress1: 'northwind@example.com' },
  ]),
  ...tableRows({
    resource: 'contact',
    noun: 'contact',
    table: 'contact',
    set: 'contacts',
    primaryId: 'contactid',
    make: [
      { firstname: 'Ada', lastname: 'Byron' },
      { lastname: 'Hopper', emailaddress1: 'hopper@example.com' },
    ],
    change: [{ lastname: 'Lovelace' }, { firstname: 'Grace' }],
  }),
  matchRow('contact', [
    { lastname: 'Curie', emailaddress1: 'curie@example.com' },
    { lastname: 'Noether', emailaddress1: 'noether@example.com' },
  ]),
];

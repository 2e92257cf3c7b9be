/** Purchase orders of Dynamics 365 with their lines. */
import type { IDataObject } from 'n8n-workflow';

import { CUSTOMER } from './dynamics.shop';
import type { Asked, OperationRow } from './row';

const purchase = (name: string, ...lines: IDataObject[]): Asked => ({
  parameters: { columnsSource: 'field', columnsField: 'purchaseorder' },
  json: {
    purchaseorder: {
      msdyn_name: name,
      msdyn_vendor: CUSTOMER,
      msdyn_purchaseorderdate: '2026-05-04',
      warehouse: 'Main Warehouse',
      lines,
    },
  },
});

const line = { productnumber: 'HMR-16', msdyn_quantity: 2, msdyn_unitcost: 9.5 };

export const purchaseRows: OperationRow[] = [
  {
    resource: 'purchaseOrder',
    operation: 'saveWithLines',
    ask: () => [
      purchase('PO-1', line),
      purchase('PO-2', line, { productnumber: 'TS-1', uom: 'Each', msdyn_quantity: '3' }),
    ],
    bad: purchase('PO-3', line, { productnumber: 'NO-SUCH', msdyn_quantity: 1 }),
    says: /^Product "NO-SUCH" is not in Dynamics 365$/,
    fails: 'validation',
    shows: (_, index) => ({ outcome: 'created', lines: index + 1 }),
    kept: (shop, { json }, { id }) => {
      const { msdyn_name, lines } = json?.purchaseorder as IDataObject;
      return {
        is: {
          order: shop.kept('msdyn_purchaseorders', id),
          quantities: shop
            .ids('msdyn_purchaseorderproducts')
            .map((one) => shop.kept('msdyn_purchaseorderproducts', one))
            .filter((one) => one?._msdyn_purchaseorder_value === id)
            .sort((a, b) => Number(a?.msdyn_lineorder) - Number(b?.msdyn_lineorder))
            .map((one) => one?.msdyn_quantity),
        },
        expected: {
          order: { msdyn_name, _msdyn_vendor_value: CUSTOMER },
          quantities: (lines as IDataObject[]).map((one) => Number(one.msdyn_quantity)),
        },
      };
    },
  },
];

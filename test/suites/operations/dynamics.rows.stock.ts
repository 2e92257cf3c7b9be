/** What is asked of stock in Dynamics 365 by the numbers of products. */
import { seedGuid } from '../../../sandbox/dataverse/catalogue';
import type { Asked, OperationRow } from './row';

const SKUS = ['HMR-16', 'TS-1'] as const;

const MAIN = 'Main Warehouse';

/** Two lines of one order with the same product. */
const adjust = (quantity: string, movement = 'line 1'): Asked => ({
  parameters: { productNumber: SKUS[0], warehouse: MAIN, quantity, movement },
  json: { source: { platform: 'xcart', store: 'main', kind: 'order', id: '7' } },
});

export const stockRows: OperationRow[] = [
  {
    resource: 'inventory',
    operation: 'getAll',
    ask: () => [
      { parameters: { productNumbers: SKUS[0], warehouses: MAIN } },
      { parameters: { productNumbers: SKUS.join(', '), warehouses: MAIN } },
    ],
    bad: { parameters: { warehouses: 'Cellar' } },
    says: /^Warehouse "Cellar" is not in Dynamics 365$/,
    fails: 'validation',
    shows: (_, index) => (index === 0 ? { productnumber: SKUS[0], warehouse: MAIN } : {}),
    counts: [1, 2],
  },
  {
    resource: 'inventory',
    operation: 'adjust',
    ask: () => [adjust('3'), adjust('-1.5', 'line 2')],
    bad: adjust(''),
    says: /^Quantity is empty$/,
    fails: 'validation',
    shows: () => ({ outcome: 'created' }),
    unforeseen: { follows: /^msdyn_productinventories\.msdyn_qty/ },
    kept: (shop, { parameters }, { id }) => ({
      is: {
        lines: shop
          .ids('msdyn_inventoryadjustmentproducts')
          .map((line) => shop.kept('msdyn_inventoryadjustmentproducts', line))
          .filter((line) => line?._msdyn_inventoryadjustment_value === id),
      },
      expected: {
        lines: [
          {
            msdyn_quantity: Number(parameters?.quantity),
            _msdyn_product_value: seedGuid('product', SKUS[0]),
          },
        ],
      },
    }),
  },
  {
    resource: 'inventory',
    operation: 'getStock',
    ask: () => [
      { parameters: { productNumber: SKUS[0] } },
      { parameters: { productNumber: SKUS[1] } },
    ],
    bad: { parameters: { productNumber: ' ' } },
    says: /^Product Number is empty$/,
    fails: 'validation',
    shows: (_, index) => ({ productnumber: SKUS[index], status: 'known' }),
  },
];

/** What is asked of stock in Dynamics 365 by the numbers of products. */
import type { OperationRow } from './row';

const SKUS = ['HMR-16', 'TS-1'] as const;

const MAIN = 'Main Warehouse';

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

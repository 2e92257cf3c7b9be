/** Prices that are set in price lists of Dynamics 365. */
import type { Asked, OperationRow } from './row';
import { seedGuid } from '../../../sandbox/dataverse/catalogue';

const price = (change: object = {}): Asked => ({
  parameters: { productNumber: 'HMR-16', priceList: 'Web Store EUR', price: '15.55', ...change },
});

export const priceRows: OperationRow[] = [
  {
    resource: 'priceListItem',
    operation: 'setPrice',
    ask: () => [price(), price({ unit: 'Pack', price: '99.90' })],
    bad: price({ price: '' }),
    says: /^Price is empty$/,
    fails: 'validation',
    shows: (_, index) => ({ outcome: index === 0 ? 'updated' : 'created' }),
    kept: (shop, { parameters }, { id }) => ({
      is: shop.kept('productpricelevels', id),
      expected: {
        amount: Number(parameters?.price),
        pricingmethodcode: 1,
        productnumber: 'HMR-16',
        _pricelevelid_value: seedGuid('price list', 'EUR'),
        _transactioncurrencyid_value: seedGuid('currency', 'EUR'),
      },
    }),
    // A price that was not there has none before.
    preview: ['id', 'outcome', 'amount'],
  },
];

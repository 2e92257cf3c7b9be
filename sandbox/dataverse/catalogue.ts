import { createHash } from 'node:crypto';
import Big from 'big.js';
import { CATALOGUE, UNITS } from '../seed';
import type { SeedRows } from './options';

type Row = Record<string, string | number | boolean>;

/** Always the same GUID for the same thing, so that tests may name rows. */
export function seedGuid(kind: string, name: string): string {
  const hex = createHash('sha256').update(`${kind}:${name}`).digest('hex');
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return parts.join('-');
}

const bind = (entitySet: string, kind: string, name: string): string =>
  `/${entitySet}(${seedGuid(kind, name)})`;

interface Currency {
  code: string;
  name: string;
  symbol: string;
  /** Units of this currency for one of the base currency. */
  rate: number;
  /** Digits behind the point. */
  digits: number;
}

const CURRENCIES: readonly Currency[] = [
  { code: 'USD', name: 'US Dollar', symbol: '$', rate: 1, digits: 2 },
  { code: 'EUR', name: 'Euro', symbol: '€', rate: 0.92, digits: 2 },
  { code: 'GBP', name: 'Pound Sterling', symbol: '£', rate: 0.79, digits: 2 },
  { code: 'JPY', name: 'Yen', symbol: '¥', rate: 150, digits: 0 },
  { code: 'KWD', name: 'Kuwaiti Dinar', symbol: 'KD', rate: 0.307, digits: 3 },
];

const UNIT_GROUP = 'Default Unit';

/** Everything with a SKU: products, and variants as products of their own. */
export const PRODUCTS = CATALOGUE.flatMap(({ sku, name, price, unit, variants }) =>
  [{ sku, name, price }, ...variants].map((item) => ({ ...item, unit })),
);

const priceIn = (price: number, { rate, digits }: Currency): number =>
  new Big(price).times(rate).round(digits, Big.roundHalfUp).toNumber();

const currencies: readonly Row[] = CURRENCIES.map(({ code, name, symbol, rate, digits }) => ({
  transactioncurrencyid: seedGuid('currency', code),
  isocurrencycode: code,
  currencyname: name,
  currencysymbol: symbol,
  currencyprecision: digits,
  exchangerate: rate,
}));

const units: readonly Row[] = UNITS.map((unit, index) => ({
  uomid: seedGuid('unit', unit),
  name: unit,
  quantity: 1,
  isschedulebaseuom: index === 0,
  'uomscheduleid@odata.bind': bind('uomschedules', 'unit group', UNIT_GROUP),
}));

/** The name of the price list in a currency. */
const priceListName = (currency: string): string => `Web Store ${currency}`;

const priceLists: readonly Row[] = CURRENCIES.map(({ code }) => ({
  pricelevelid: seedGuid('price list', code),
  name: priceListName(code),
  'transactioncurrencyid@odata.bind': bind('transactioncurrencies', 'currency', code),
}));

const products: readonly Row[] = PRODUCTS.map(({ sku, name, price, unit }) => ({
  productid: seedGuid('product', sku),
  productnumber: sku,
  name,
  price,
  'defaultuomid@odata.bind': bind('uoms', 'unit', unit),
  'defaultuomscheduleid@odata.bind': bind('uomschedules', 'unit group', UNIT_GROUP),
  'pricelevelid@odata.bind': bind('pricelevels', 'price list', 'USD'),
  'transactioncurrencyid@odata.bind': bind('transactioncurrencies', 'currency', 'USD'),
}));

const prices: readonly Row[] = CURRENCIES.flatMap((currency) =>
  PRODUCTS.map(({ sku, price, unit }) => ({
    productpricelevelid: seedGuid('price', `${currency.code}:${sku}`),
    amount: priceIn(price, currency),
    'pricelevelid@odata.bind': bind('pricelevels', 'price list', currency.code),
    'productid@odata.bind': bind('products', 'product', sku),
    'uomid@odata.bind': bind('uoms', 'unit', unit),
  })),
);

/** Currencies, units, price lists and the catalogue: what Dataverse must know before the first order. */
export const CATALOGUE_ROWS: SeedRows = [
  ['transactioncurrencies', currencies],
  [
    'uomschedules',
    [
      {
        uomscheduleid: seedGuid('unit group', UNIT_GROUP),
        name: UNIT_GROUP,
        baseuomname: UNITS[0] ?? 'Each',
      },
    ],
  ],
  ['uoms', units],
  ['pricelevels', priceLists],
  ['products', products],
  ['productpricelevels', prices],
];

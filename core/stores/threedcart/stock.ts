import { groupBy } from 'lodash';

import { type Outcome, settle } from '../../outcome';
import { MOST_WRITES } from './api';
import { findInPages, type StockContract, type StockFound, type StockWrite } from '../kit/stock';
import type { Pages } from '../kit/pages';
import type { ThreeDCart } from './client';
import type { Product } from './wire';

/** What has a SKU: a product, or one of its variants. */
export interface StockTarget {
  catalogId: number;
  /** `AdvancedOptionCode` of the variant. */
  optionCode?: string;
}

/** What of a product or of a variant is written, and what it may be. */
interface Field {
  product: 'Stock' | 'Price';
  option: 'AdvancedOptionStock' | 'AdvancedOptionPrice';
  amounts: StockContract<StockTarget>['amounts'];
}

const STOCK: Field = {
  product: 'Stock',
  option: 'AdvancedOptionStock',
  amounts: {
    // Stores that sell what they have not got yet go below 0 (recorded answers).
    areValid: (amount) => Number.isInteger(amount),
    words: 'a whole number',
    fix: '3dcart counts whole pieces: round the quantity down.',
  },
};

const PRICE: Field = {
  product: 'Price',
  option: 'AdvancedOptionPrice',
  amounts: {
    areValid: (amount) => Number.isFinite(amount) && amount >= 0,
    words: 'a number of 0 or more',
    fix: 'Give the price of one piece in the currency of the store.',
  },
};

/** One thing that has a SKU. */
interface Entry {
  sku: string | null | undefined;
  target: StockTarget;
  before?: number;
}

/** So many SKUs are looked for one by one; for more, whole pages of the catalogue cost fewer requests. */
const FEW = 3;

/**
 * What there is of each SKU: of a product in the product, of a variant in its Advanced Option. 3dcart takes two requests
 * a second: a page of 200 products names their variants as well, and up to a hundred products are written at once.
 */
export const stockOf = (client: ThreeDCart): StockContract<StockTarget> => contract(client, STOCK);

/** The same of prices. The price of a variant that is 0 leaves that of its product in force. */
export const pricesOf = (client: ThreeDCart): StockContract<StockTarget> => contract(client, PRICE);

function contract(client: ThreeDCart, field: Field): StockContract<StockTarget> {
  return {
    keyOf: ({ catalogId, optionCode = '' }) => `${catalogId}/${optionCode}`,
    find: async (skus) => await find(client, field, skus),
    write: { many: async (writes) => await write(client, field, writes), most: MOST_WRITES },
    amounts: field.amounts,
    notFound:
      'Check the SKU in the 3dcart admin under Products → Product List. That of a variant stands there under Advanced → Options.',
  };
}

function entriesOf({ SKUInfo, AdvancedOptionList }: Product, field: Field): Entry[] {
  const { CatalogID: catalogId, SKU: sku } = SKUInfo;
  const options = (AdvancedOptionList ?? []).map((option) => ({
    sku: option.AdvancedOptionSufix,
    target: { catalogId, optionCode: option.AdvancedOptionCode },
    before: option[field.option] ?? undefined,
  }));
  const before = SKUInfo[field.product] ?? undefined;
  return [{ sku, target: { catalogId, optionCode: undefined }, before }, ...options];
}

type Found = Map<string, Outcome<StockFound<StockTarget>>>;

async function find(client: ThreeDCart, field: Field, skus: ReadonlySet<string>): Promise<Found> {
  const read = async (pages: Pages<Product>, wanted: ReadonlySet<string>): Promise<Found> =>
    await findInPages(entryPages(pages, field), wanted, ({ sku, target, before }) => ({
      sku,
      found: { ok: true, value: { target, before } },
    }));
  const found: Found = new Map();
  for (const sku of skus.size <= FEW ? skus : []) {
    const own = await read(client.products.pages({ sku }), new Set([sku]));
    own.forEach((place, code) => found.set(code, place));
  }
  const missing = new Set([...skus].filter((sku) => !found.has(sku)));
  // The filter does not know variants.
  if (missing.size > 0) {
    const others = await read(client.products.pages({}), missing);
    others.forEach((place, code) => found.set(code, place));
  }
  return found;
}

async function* entryPages(pages: Pages<Product>, field: Field): Pages<Entry> {
  for await (const page of pages) yield page.flatMap((product) => entriesOf(product, field));
}

type Write = StockWrite<StockTarget> & { index: number };

/** All products in one request, and the variants of each in one more. */
async function write(
  { products, advancedOptions }: ThreeDCart,
  field: Field,
  all: Array<StockWrite<StockTarget>>,
): Promise<Array<Outcome<unknown>>> {
  const writes = all.map((each, index): Write => ({ ...each, index }));
  const outcomes = new Array<Outcome<unknown>>(all.length);
  const note = async (
    some: Write[],
    send: () => Promise<Array<Outcome<unknown>>>,
  ): Promise<void> => {
    const answer = await settle(send);
    some.forEach(({ index }, place) => {
      const outcome = answer.ok ? answer.value[place] : answer;
      if (outcome) outcomes[index] = outcome;
    });
  };
  const ofProducts = writes.filter(({ target }) => target.optionCode === undefined);
  await note(
    ofProducts,
    async () =>
      await products.updateMany(
        ofProducts.map(({ target, amount }) => ({
          SKUInfo: { CatalogID: target.catalogId, [field.product]: amount },
        })),
      ),
  );
  const ofOptions = writes.filter(({ target }) => target.optionCode !== undefined);
  for (const some of Object.values(groupBy(ofOptions, ({ target }) => target.catalogId))) {
    await note(
      some,
      async () =>
        await advancedOptions(some[0]?.target.catalogId ?? 0).updateMany(
          some.map(({ target, amount }) => ({
            AdvancedOptionCode: target.optionCode,
            [field.option]: amount,
          })),
        ),
    );
  }
  return outcomes;
}

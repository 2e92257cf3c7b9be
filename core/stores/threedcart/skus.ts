import { groupBy } from 'lodash';

import { type Outcome, settle } from '../../outcome';
import {
  type AmountContract,
  type AmountFound,
  type AmountWrite,
  findInPages,
} from '../kit/amounts';
import type { Pages } from '../../http/pages';
import { asked, placesOf, standsFor } from '../kit/rehearsal';
import { MOST_WRITES } from './api';
import type { ThreeDCart } from './client';
import type { AdvancedOption, Product, SkuInfo } from './wire';

/** What has a SKU: a product, or one of its variants. */
export interface SkuTarget {
  catalogId: number;
  /** `AdvancedOptionCode` of the variant. */
  optionCode?: string;
}

/** One amount that products have, and their variants beside it. */
export interface SkuAmount {
  ofProduct(product: SkuInfo): number | null | undefined;
  /** Undefined also where that of the product holds. */
  ofOption(option: AdvancedOption): number | null | undefined;
  /** The fields that make it the amount. */
  forProduct(amount: number): object;
  forOption(amount: number): object;
  amounts: AmountContract<SkuTarget>['amounts'];
}

/** One thing that has a SKU. */
interface Entry {
  sku: string | null | undefined;
  target: SkuTarget;
  before?: number;
}

type Found = Map<string, Outcome<AmountFound<SkuTarget>>>;

/** The SKU of each target that was looked for. */
type Codes = Map<string, string>;

/** So many SKUs are looked for one by one; for more, whole pages of the catalogue cost fewer requests. */
const FEW = 3;

const keyOf = ({ catalogId, optionCode = '' }: SkuTarget): string => `${catalogId}/${optionCode}`;

/**
 * An amount of each SKU: of a product in the product, of a variant in its Advanced Option. 3dcart takes two requests a
 * second: a page of 200 products names their variants as well, and up to a hundred products are written at once.
 */
export function amountsOf(client: ThreeDCart, amount: SkuAmount): AmountContract<SkuTarget> {
  const codes: Codes = new Map();
  return {
    keyOf,
    find: async (skus) => {
      const found = await find(client, amount, skus);
      for (const [sku, place] of found) {
        if (place.ok) codes.set(keyOf(place.value.target), sku);
      }
      return found;
    },
    write: {
      many: async (writes) => await write(client, amount, writes, codes),
      most: MOST_WRITES,
    },
    amounts: amount.amounts,
    notFound:
      'Check the SKU in the 3dcart admin under Products → Product List; that of a variant stands there among the Advanced Options of its product.',
  };
}

function entriesOf({ SKUInfo, AdvancedOptionList }: Product, amount: SkuAmount): Entry[] {
  const { CatalogID: catalogId, SKU: sku } = SKUInfo;
  const options = (AdvancedOptionList ?? []).map((option) => ({
    sku: option.AdvancedOptionSufix,
    target: { catalogId, optionCode: option.AdvancedOptionCode },
    before: amount.ofOption(option) ?? undefined,
  }));
  const target = { catalogId, optionCode: undefined };
  return [{ sku, target, before: amount.ofProduct(SKUInfo) ?? undefined }, ...options];
}

async function find({ products }: ThreeDCart, amount: SkuAmount, skus: ReadonlySet<string>) {
  async function* entries(pages: Pages<Product>): Pages<Entry> {
    for await (const page of pages) yield page.flatMap((product) => entriesOf(product, amount));
  }
  const read = async (pages: Pages<Product>, wanted: ReadonlySet<string>): Promise<Found> =>
    await findInPages(entries(pages), wanted, ({ sku, target, before }) => ({
      sku,
      found: { ok: true, value: { target, before } },
    }));
  const found: Found = new Map();
  const note = (some: Found): void => some.forEach((place, sku) => found.set(sku, place));
  for (const sku of skus.size <= FEW ? skus : []) {
    note(await read(products.pages({ sku }), new Set([sku])));
  }
  const missing = new Set([...skus].filter((sku) => !found.has(sku)));
  // The filter does not know variants.
  if (missing.size > 0) note(await read(products.pages({}), missing));
  return found;
}

type Write = AmountWrite<SkuTarget> & { index: number };

/** All products in one request, and the variants of each in one more. */
async function write(
  { products, advancedOptions }: ThreeDCart,
  { forProduct, forOption }: SkuAmount,
  all: Array<AmountWrite<SkuTarget>>,
  codes: Codes,
): Promise<Array<Outcome<unknown>>> {
  const outcomes = new Array<Outcome<unknown>>(all.length);
  const note = async (some: Write[], send: () => Promise<Array<Outcome<unknown>>>) => {
    const answer = await settle(async () => await asked(some, send));
    some.forEach(({ index }, place) => {
      const outcome = answer.ok ? answer.value[place] : answer;
      if (outcome) outcomes[index] = outcome;
    });
  };
  const writes = all.map((each, index) => standsFor<Write>({ ...each, index }, placesOf([each])));
  const ofProducts = writes.filter(({ target }) => target.optionCode === undefined);
  await note(ofProducts, async () => {
    const documents = ofProducts.map(({ target, amount }) => ({
      SKUInfo: { CatalogID: target.catalogId, ...forProduct(amount) },
    }));
    return await products.updateMany(documents);
  });
  const ofOptions = writes.filter(({ target }) => target.optionCode !== undefined);
  for (const some of Object.values(groupBy(ofOptions, ({ target }) => target.catalogId))) {
    const catalogId = some[0]?.target.catalogId ?? 0;
    await note(some, async () => {
      const documents = some.map(({ target, amount }) => ({
        AdvancedOptionCode: target.optionCode,
        // SkuVault's client sends the SKU along.
        AdvancedOptionSufix: codes.get(keyOf(target)),
        ...forOption(amount),
      }));
      return await advancedOptions(catalogId).updateMany(documents);
    });
  }
  return outcomes;
}

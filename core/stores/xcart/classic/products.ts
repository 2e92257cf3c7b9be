import { validationError } from '../../../errors';
import { momentIn } from '../../../values';
import type { PageOptions, Pages } from '../../../http/pages';
import { firstPage } from '../../../http/pages';
import type { Id, ProductQuery, Records } from '../client';
import type { Product, Variant } from '../wire';
import { CLASSIC_PAGE_SIZE, noWay } from './api';
import { type ClassicApi, type Conditions, unlessGone } from './request';
import { type Fields, isNothing, modelOf, textsIn } from './texts';
import {
  type ClassicProduct,
  classicProductSchema,
  type ClassicVariant,
  classicVariantSchema,
  type ComplexProduct,
  complexProductSchema,
} from './wire';

const VARIANT = 'xc-productvariants-productvariant';
const WHOLE = { schema: 'default', row: classicProductSchema } as const;

const PRODUCT_FIELDS: Fields = {
  renamed: {
    sku: 'sku',
    price: 'price',
    enabled: 'enabled',
    weight: 'weight',
    taxable: 'taxable',
    free_shipping: 'free_shipping',
    inventory_traceable: 'inventoryEnabled',
    amount: 'amount',
    separate_box: 'useSeparateBox',
    width: 'boxWidth',
    length: 'boxLength',
    height: 'boxHeight',
  },
  texts: {
    name: 'name',
    description: 'description',
    brief_description: 'briefDescription',
    meta_tags: 'metaTags',
    meta_description: 'metaDesc',
    meta_title: 'metaTitle',
  },
  made: {
    arrival_date: (value) => {
      const moment = momentIn(value, { zone: 'UTC' });
      return moment === undefined ? {} : { arrivalDate: Math.floor(moment / 1000) };
    },
  },
};

const VARIANT_FIELDS: Fields = {
  renamed: {
    sku: 'sku',
    price: 'price',
    default_price: 'defaultPrice',
    amount: 'amount',
    default_amount: 'defaultAmount',
    weight: 'weight',
    default_weight: 'defaultWeight',
    default_variant: 'defaultValue',
  },
  made: {
    image: (image) =>
      refused(image, 'way to give a variant an image', 'Set it in the X-Cart admin.'),
    attribute_select_values: withoutValues,
    attribute_checkbox_values: withoutValues,
  },
};

/** Nothing is written where nothing is given. */
function refused(value: unknown, what: string, fix: string): object {
  if (isNothing(value)) return {};
  throw noWay(what, fix);
}

function withoutValues(values: unknown): object {
  return refused(
    Array.isArray(values) && values.length === 0 ? undefined : values,
    'way to say of which attribute values a variant is made',
    'Make the variant in the X-Cart admin; its SKU, price and stock can be written then.',
  );
}

/** A list and one product alike: the clean URL, which a list does not tell, is left out. */
function productFrom(
  product: ClassicProduct,
  texts: Partial<Pick<ComplexProduct, 'name' | 'description' | 'shortDescription'>>,
): Product {
  return {
    id: product.product_id,
    sku: product.sku,
    name: texts.name,
    description: texts.description,
    brief_description: texts.shortDescription,
    price: product.price,
    enabled: product.enabled,
    weight: product.weight,
    taxable: product.taxable,
    free_shipping: product.free_shipping,
    inventory_traceable: product.inventoryEnabled ?? product.inventory?.enabled,
    amount: product.amount ?? product.inventory?.amount,
    create_date: product.date,
    update_date: product.updateDate,
    arrival_date: product.arrivalDate,
  };
}

const variantFrom = (variant: ClassicVariant): Variant => ({
  id: variant.id,
  sku: variant.sku,
  price: variant.price,
  default_price: variant.defaultPrice,
  amount: variant.amount,
  default_amount: variant.defaultAmount,
  weight: variant.weight,
  default_weight: variant.defaultWeight,
  default_variant: variant.defaultValue,
});

/** What a store does not know it passes over without a word: stock of 5.2 and older, say, is no field of the product. */
function checkTaken(model: Record<string, unknown>, answer: Record<string, unknown>): void {
  for (const field of ['amount', 'price']) {
    if (model[field] === undefined || Number(answer[field]) === Number(model[field])) continue;
    throw validationError(
      `X-Cart did not take the ${field} ${String(model[field])}`,
      'Set it in the X-Cart admin. Stock and prices can be written to X-Cart 5.3 and newer.',
    );
  }
}

/** `p` is what the store calls a product in its queries. */
const SORTS = {
  name: 'translations.name',
  price: 'p.price',
  arrivalDate: 'p.arrivalDate',
} as const;

const sortedBy = ({ sort }: ProductQuery = {}): Conditions => ({
  orderBy: sort ? [SORTS[sort.by], sort.direction] : ['p.product_id', 'asc'],
});

/** A list has no names in the default schema, and no dates and flags in the complex one: a page is read in both. */
async function* productPages(
  api: ClassicApi,
  query?: ProductQuery,
  options: PageOptions = {},
): Pages<Product> {
  const conditions = sortedBy(query);
  const { pageSize = CLASSIC_PAGE_SIZE, page: first = 1 } = options;
  let page = first;
  for await (const rows of api.pages('product', { ...WHOLE, conditions }, options)) {
    const list = { schema: 'complex', row: complexProductSchema, conditions } as const;
    const named = await firstPage(api.pages('product', list, { pageSize, page }));
    const byId = new Map(named.map((each) => [each.productId, each]));
    const read = { schema: 'complex', row: complexProductSchema } as const;
    const products: Product[] = [];
    for (const row of rows) {
      const { product_id: id } = row;
      // Not there: moved to another page between the two requests, or deleted.
      const texts =
        byId.get(id) ?? (await unlessGone(async () => await api.one('product', id, read)));
      if (texts) products.push(productFrom(row, texts));
    }
    yield products;
    page += 1;
  }
}

export function classicProducts(
  api: ClassicApi,
  language?: string,
): Records<Product, ProductQuery> {
  const from = (product: ClassicProduct): Product => {
    const texts = textsIn(product.translations, language);
    return productFrom(product, { ...texts, shortDescription: texts?.briefDescription });
  };
  const model = (document: object) => modelOf(document, PRODUCT_FIELDS, language);
  return {
    pages: (query, options) => productPages(api, query, options),
    get: async (id) => from(await api.one('product', id, WHOLE)),
    create: async (document) =>
      from(await api.create('product', model(document), classicProductSchema)),
    update: async (id, document) => {
      const written = model(document);
      const answer = await api.update('product', id, written, classicProductSchema);
      checkTaken(written, answer);
      return from(answer);
    },
    remove: async (id) => await api.remove('product', id),
  };
}

/** Module Product Variants. All variants of a product stand in the product itself. */
export function classicVariants(api: ClassicApi, productId: Id): Records<Variant, void> {
  async function* pages(): Pages<Variant> {
    const { variants } = await api.one('product', productId, WHOLE);
    if (variants && variants.length > 0) yield variants.map(variantFrom);
  }
  return {
    pages,
    get: async (id) =>
      variantFrom(await api.one(VARIANT, id, { schema: 'default', row: classicVariantSchema })),
    create: async (document) => {
      const model = modelOf(document, VARIANT_FIELDS);
      const owned = { ...model, product: { product_id: Number(productId) } };
      return variantFrom(await api.create(VARIANT, owned, classicVariantSchema));
    },
    update: async (id, document) => {
      const model = modelOf(document, VARIANT_FIELDS);
      const answer = await api.update(VARIANT, id, model, classicVariantSchema);
      checkTaken(model, answer);
      return variantFrom(answer);
    },
    remove: async (id) => await api.remove(VARIANT, id),
  };
}

/** The operations of X-Cart on what its catalogue has beside products. */
import { omit } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { byId } from './ask';
import { crudRows, type PlainKind } from './crud';
import { valueOf } from './orders';
import { type Asked, type OperationRow, pair } from './row';
import type { OperationsShop } from './shop';
import { IDS, OTHER_PRODUCT, PRODUCT } from './xcart.shop';

const idOf = ({ id }: IDataObject): unknown => id;

const product = byId(PRODUCT);
const below = (list: string): string => `products/${PRODUCT}/${list}`;
const NAMED: PlainKind['make'] = [{ name: 'One' }, { name: 'Other' }];
const RENAMED: PlainKind['change'] = [{ name: 'First' }, { name: 'Second' }];

/** A list of the whole shop whose records have a name. */
const named = (resource: string, shelf: string): OperationRow[] =>
  crudRows({ resource, shelf, make: NAMED, change: RENAMED, idOf });

const discounts: OperationRow[] = [
  ...crudRows({
    resource: 'coupon',
    shelf: 'coupons',
    make: [{ code: 'SPRING' }, { code: 'AUTUMN' }],
    change: [{ value: 3 }, { value: 4 }],
    idOf,
  }),
  ...crudRows({
    resource: 'saleDiscount',
    shelf: 'sale_discounts',
    make: [
      { name: 'One', value: 5 },
      { name: 'Other', value: 6 },
    ],
    change: [{ value: 7 }, { value: 8 }],
    idOf,
  }),
  ...crudRows({
    resource: 'volumeDiscount',
    shelf: 'volume_discounts',
    make: [
      { value: 5, subtotal_range_begin: 100 },
      { value: 6, subtotal_range_begin: 200 },
    ],
    change: [{ value: 7 }, { value: 8 }],
    idOf,
  }),
  ...crudRows({
    resource: 'wholesalePrice',
    shelf: below('wholesale_prices'),
    where: { product, pricesOf: 'product' },
    make: [
      { quantity_range_begin: 9, price: 1 },
      { quantity_range_begin: 19, price: 2 },
    ],
    change: [{ price: 3 }, { price: 4 }],
    idOf,
  }),
];

const FILE = { fileFrom: 'url', url: 'https://x.example/a.png' };

const ofProduct: OperationRow[] = [
  ...crudRows({
    resource: 'review',
    shelf: below('reviews'),
    where: { product },
    make: [
      { reviewer_name: 'Ada', rating: 4 },
      { reviewer_name: 'Grace', rating: 5 },
    ],
    change: [{ rating: 2 }, { rating: 3 }],
    idOf,
  }),
  ...crudRows({
    resource: 'relatedProduct',
    shelf: below('related_products'),
    where: { product },
    make: [{ product_id: 39 }, { product_id: 40 }],
    change: [{ position: 2 }, { position: 3 }],
    idOf,
  }),
  ...crudRows({
    resource: 'image',
    where: { product, ...FILE },
    make: [{ alt: 'Front' }, { alt: 'Back' }],
    change: [{ position: 2 }, { position: 3 }],
    idOf,
  }),
  ...crudRows({
    resource: 'attachment',
    shelf: below('attachments'),
    where: { product, ...FILE },
    make: [{ title: 'Manual' }, { title: 'Guide' }],
    change: [{ position: 2 }, { position: 3 }],
    idOf,
  }),
  ...crudRows({
    resource: 'variant',
    where: { product },
    make: [
      { sku: 'NEW-V1', attribute_select_values: String(IDS.values[0]) },
      { sku: 'NEW-V2', attribute_select_values: String(IDS.values[1]) },
    ],
    change: [{ amount: 2 }, { amount: 3 }],
    idOf,
    // Ids are written as a text, and kept as a list.
    shows: ({ sku }) => ({ sku }),
    kept: (fields) => omit(fields, 'attribute_select_values'),
  }),
  {
    resource: 'variant',
    operation: 'setImage',
    ask: (shop) => pair(variants(shop).map((where) => ({ parameters: { ...where, ...FILE } }))),
    kept: (shop, asked) => ({
      is: shop.kept('variant', valueOf(asked, 'variant')),
      expected: { image: { url: expect.stringContaining('a.png') as string } },
    }),
  },
];

/** Variants of the seed, each with its product. */
function variants(shop: OperationsShop): IDataObject[] {
  return shop.ids('product').flatMap((id) =>
    Object.keys((shop.kept('product', id)?.['variants'] ?? {}) as object).map((variant) => ({
      product: byId(id),
      variant: byId(variant),
    })),
  );
}

const select = { kind: 'select', of: 'store' };

const attributes: OperationRow[] = [
  ...named('attributeGroup', 'attribute_groups'),
  ...crudRows({
    resource: 'attribute',
    shelf: 'attributes_select',
    where: select,
    make: NAMED,
    change: RENAMED,
    idOf,
    // What else there is differs with the kind of the attribute.
    preview: ['id', 'position', 'name'],
  }),
  ...crudRows({
    resource: 'attributeOption',
    shelf: `attributes_select/${IDS.select}/options`,
    where: { ...select, attribute: byId(IDS.select) },
    make: [{ value: 'M' }, { value: 'L' }],
    change: [{ position: 2 }, { position: 3 }],
    idOf,
  }),
  ...crudRows({
    resource: 'attributeValue',
    shelf: below(`attributes_checkbox/${IDS.checkbox}/values`),
    where: { product, kind: 'checkbox', attribute: byId(IDS.checkbox) },
    make: [{ yes: true }, { yes: false }],
    change: [{ price_modifier: 2 }, { price_modifier: 3 }],
    idOf,
    shows: ({ yes }) => ({ value: yes }),
    kept: ({ yes, ...fields }) => ({ ...fields, value: yes }),
    preview: 'none',
  }),
];

const CATEGORIES = [2, 3] as const;

const categoryRow = (operation: string, more: Partial<OperationRow>): OperationRow => ({
  resource: 'category',
  operation,
  ask: () => ofCategories(),
  ...more,
});

const ofCategories = (more: readonly [IDataObject, IDataObject] = [{}, {}]): [Asked, Asked] =>
  pair(CATEGORIES.map((id, index) => ({ parameters: { category: byId(id), ...more[index] } })));

const categoryOf = (shop: OperationsShop, asked: Asked) =>
  shop.kept('category', valueOf(asked, 'category')) as {
    view: IDataObject;
    products: number[];
  };

/** Of each category the first product that is in it; the other one has a product more then. */
const withProducts = (shop: OperationsShop): [Asked, Asked] =>
  pair(
    ofCategories().map((one) => ({
      parameters: { ...one.parameters, product: byId(categoryOf(shop, one).products[0]) },
    })),
  );

const productsOf = (shop: OperationsShop, asked: Asked): unknown => {
  const id = Number(valueOf(asked, 'product'));
  return categoryOf(shop, asked).products.find((each) => each === id);
};

const icon = { picture: 'icon' };

async function withIcons(shop: OperationsShop): Promise<[Asked, Asked]> {
  await shop.made(
    'category',
    ofCategories([
      { ...icon, ...FILE },
      { ...icon, ...FILE },
    ]),
    'setPicture',
  );
  return ofCategories([icon, icon]);
}

const categories: OperationRow[] = [
  ...crudRows({
    resource: 'category',
    make: NAMED,
    change: [{ position: 3 }, { position: 4 }],
    idOf,
    kept: (fields) => ({ view: fields }),
  }),
  categoryRow('addProduct', {
    ask: () => ofCategories([{ product: byId(97) }, { product: byId(98) }]),
    shows: (asked) => ({ product_id: Number(valueOf(asked, 'product')), added: true }),
    kept: (shop, asked) => ({
      is: { id: productsOf(shop, asked) },
      expected: { id: Number(valueOf(asked, 'product')) },
    }),
  }),
  categoryRow('removeProduct', {
    ask: withProducts,
    shows: () => ({ removed: true }),
    kept: (shop, asked) => ({ is: productsOf(shop, asked), expected: undefined }),
  }),
  categoryRow('getProducts', {
    ask: () => ofCategories([{ limit: 1 }, { limit: 2 }]),
    counts: [1, 2],
  }),
  categoryRow('getStats', { counts: [1, 1] }),
  categoryRow('move', {
    ask: () =>
      ofCategories([
        { parent: 4, position: 7 },
        { parent: 4, position: 8 },
      ]),
    shows: (asked) => ({ parent: 4, position: asked.parameters?.position }),
    kept: (shop, asked) => ({
      is: categoryOf(shop, asked).view,
      expected: { parent: 4, position: asked.parameters?.position },
    }),
  }),
  categoryRow('setPicture', {
    ask: () =>
      ofCategories([
        { ...icon, ...FILE },
        { ...icon, ...FILE },
      ]),
    kept: (shop, asked) => ({
      is: categoryOf(shop, asked).view,
      expected: { icon: { url: expect.stringContaining('a.png') as string } },
    }),
  }),
  categoryRow('getPicture', {
    ask: withIcons,
    shows: () => ({ url: expect.stringContaining('a.png') as string }),
    counts: [1, 1],
  }),
  categoryRow('deletePicture', {
    ask: withIcons,
    shows: () => ({ deleted: true }),
    kept: (shop, asked) => ({ is: categoryOf(shop, asked).view, expected: { icon: null } }),
  }),
];

const onFront = (...ids: [number, number]): [Asked, Asked] =>
  pair(ids.map((id) => ({ parameters: { product: byId(id), page: 'front' } })));

async function shownFirst(shop: OperationsShop): Promise<[Asked, Asked]> {
  const asked = onFront(PRODUCT, OTHER_PRODUCT);
  await shop.made('featuredProduct', asked, 'add');
  return asked;
}

/** Ids of the products on the front page. */
const frontPage = ({ sandbox }: OperationsShop): number[] =>
  [...sandbox.services.xcart.store.featuredOn.values()].flatMap((ids) => [...ids]);

const isShown = (shop: OperationsShop, asked: Asked): boolean =>
  frontPage(shop).includes(Number(valueOf(asked, 'product')));

const featured: OperationRow[] = [
  {
    resource: 'featuredProduct',
    operation: 'add',
    ask: () => onFront(PRODUCT, OTHER_PRODUCT),
    kept: (shop, asked) => ({ is: { shown: isShown(shop, asked) }, expected: { shown: true } }),
  },
  {
    resource: 'featuredProduct',
    operation: 'getAll',
    ask: async (shop) => {
      await shownFirst(shop);
      return pair([1, 2].map((limit) => ({ parameters: { page: 'front', limit } })));
    },
    counts: [1, 2],
  },
  {
    resource: 'featuredProduct',
    operation: 'remove',
    ask: shownFirst,
    shows: () => ({ removed: true }),
    kept: (shop, asked) => ({ is: { shown: isShown(shop, asked) }, expected: { shown: false } }),
  },
];

export const catalogueRows: OperationRow[] = [
  ...named('membership', 'memberships'),
  ...named('productClass', 'product_classes'),
  ...named('productTag', 'product_tags'),
  ...named('taxClass', 'tax_classes'),
  ...discounts,
  ...ofProduct,
  ...attributes,
  ...categories,
  ...featured,
];

import { ApiError, nothingFound } from '../api/errors';
import {
  atLeast,
  atMost,
  beforeDay,
  contains,
  flag,
  is,
  sinceDay,
  type Filters,
} from '../api/filters';
import { collectionRoutes, listAnswer, type Collection } from '../api/collection';
import type { Call, Route } from '../api/routes';
import { isRow, listIn, readLike, write, type Row } from '../api/shape';
import {
  ADVANCED_OPTION,
  CATEGORY_LINK,
  fresh,
  olderProduct,
  PRODUCT,
  SKU_INFO,
  type AdvancedOption,
  type Product,
} from '../model';

const info =
  <K extends keyof Product['SKUInfo']>(key: K) =>
  ({ SKUInfo }: Product): Product['SKUInfo'][K] =>
    SKUInfo[key];

const key =
  <K extends keyof Product>(name: K) =>
  (product: Product): Product[K] =>
    product[name];

const FILTERS: Filters<Product> = {
  sku: is(info('SKU')),
  name: contains(info('Name')),
  costfrom: atLeast(info('Cost')),
  costto: atMost(info('Cost')),
  pricefrom: atLeast(info('Price')),
  priceto: atMost(info('Price')),
  stockfrom: atLeast(info('Stock')),
  stockto: atMost(info('Stock')),
  hide: flag(key('Hide')),
  freeshipping: flag(key('FreeShipping')),
  onsale: flag(info('OnSale')),
  nontax: flag(key('NonTaxable')),
  notforsale: flag(key('NotForSale')),
  giftcertificate: flag(key('GiftCertificate')),
  homespecial: flag(key('HomeSpecial')),
  categoryspecial: flag(key('CategorySpecial')),
  nonsearchable: flag(key('NonSearchable')),
  selfship: flag(key('SelfShip')),
  rewarddisable: flag(key('DisableRewards')),
  lastupdatestart: sinceDay(key('LastUpdate')),
  lastupdateend: beforeDay(key('LastUpdate')),
};

const idIn = (given: Row): unknown => (isRow(given.SKUInfo) ? given.SKUInfo.CatalogID : undefined);

function writeOption(option: AdvancedOption, given: Row): void {
  const { AdvancedOptionCode, ...values } = readLike(ADVANCED_OPTION, given);
  write(option, values);
}

function optionIn({ AdvancedOptionList }: Product, code: unknown): AdvancedOption {
  const option = AdvancedOptionList.find(
    ({ AdvancedOptionCode }) => AdvancedOptionCode === String(code),
  );
  if (option === undefined) throw nothingFound();
  return option;
}

function finishWrite({ store, time }: Call, product: Product): void {
  product.LastUpdate = time;
  store.forgetSkus();
  store.announce('productUpdated', product);
}

function updateProduct(call: Call, product: Product, given: Row): void {
  const { LastUpdate, DateCreated, ...values } = readLike(PRODUCT, given);
  const options = listIn(given, 'AdvancedOptionList').map((row) => ({
    row,
    option: optionIn(product, row.AdvancedOptionCode),
  }));
  delete (values.SKUInfo as Partial<Product['SKUInfo']> | undefined)?.CatalogID;
  write(product, values);
  for (const { option, row } of options) writeOption(option, row);
  if (given.CategoryList !== undefined) {
    product.CategoryList = listIn(given, 'CategoryList').map((row) =>
      fresh(CATEGORY_LINK, readLike(CATEGORY_LINK, row)),
    );
  }
  finishWrite(call, product);
}

function createProduct(call: Call, given: Row): Product {
  const { store, time } = call;
  const { SKUInfo, ...values } = readLike(PRODUCT, given);
  if (!SKUInfo?.SKU) throw new ApiError(400, 'The field SKU is required.');
  if (store.holderOf(SKUInfo.SKU) !== undefined) {
    throw new ApiError(400, `The SKU '${SKUInfo.SKU}' is already in use.`);
  }
  const id = store.nextId('product');
  const product = fresh(PRODUCT, {
    ...values,
    SKUInfo: fresh(SKU_INFO, { ...SKUInfo, CatalogID: id }),
    AdvancedOptionList: listIn(given, 'AdvancedOptionList').map((row) =>
      fresh(ADVANCED_OPTION, {
        ...readLike(ADVANCED_OPTION, row),
        AdvancedOptionCode: String(store.nextId('option')),
      }),
    ),
    CategoryList: listIn(given, 'CategoryList').map((row) =>
      fresh(CATEGORY_LINK, readLike(CATEGORY_LINK, row)),
    ),
    LastUpdate: time,
    DateCreated: time,
  });
  store.products.set(id, product);
  store.forgetSkus();
  store.announce('productNew', product);
  return product;
}

export const MOST_PRODUCTS = 200;
const MOST_OTHERS = 500;

export const showProduct = (product: Product, { version }: Pick<Call, 'version'>): object =>
  version === 'v1' ? olderProduct(product) : product;

const PRODUCTS: Collection<Product> = {
  path: '/Products',
  idKey: 'CatalogID',
  element: 'Product',
  noun: 'product',
  most: MOST_PRODUCTS,
  rows: ({ store }) => [...store.products.values()],
  idOf: ({ SKUInfo }) => SKUInfo.CatalogID,
  givenId: idIn,
  filters: FILTERS,
  show: showProduct,
  create: createProduct,
  update: updateProduct,
  remove: ({ store }, product) => {
    store.products.delete(product.SKUInfo.CatalogID);
    store.forgetSkus();
    store.announce('productDeleted', product);
  },
};

/** The product in the path of its children. */
export function productIn({ store, text }: Call): Product {
  const product = store.products.get(Number(text('catalogid')));
  if (product === undefined) throw nothingFound();
  return product;
}

/** Variants, whose stock is written here alone. */
const ADVANCED_OPTIONS: Collection<AdvancedOption> = {
  path: '/Products/:catalogid/AdvancedOptions',
  idKey: 'AdvancedOptionCode',
  element: 'AdvancedOption',
  noun: 'advanced option',
  most: MOST_OTHERS,
  rows: (call) => productIn(call).AdvancedOptionList,
  idOf: ({ AdvancedOptionCode }) => AdvancedOptionCode,
  update: (call, option, given) => {
    writeOption(option, given);
    finishWrite(call, productIn(call));
  },
};

/** Products as v1 and v2 show their SKU, price and stock alone. */
const skuInfo = (product: Product, call: Call): object =>
  (showProduct(product, call) as Pick<Product, 'SKUInfo'>).SKUInfo;

const skuInfoRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/Products/skuinfo',
    operation: 'list SKUs',
    handle: (call) =>
      listAnswer(call, [...call.store.products.values()], {
        most: MOST_PRODUCTS,
        element: 'SKUInfo',
        show: skuInfo,
      }),
  },
  {
    method: 'GET',
    path: '/Products/:catalogid/skuinfo',
    operation: 'read SKU',
    handle: (call) =>
      listAnswer(call, [productIn(call)], { most: 1, element: 'SKUInfo', show: skuInfo }),
  },
];

export const productRoutes: readonly Route[] = [
  ...collectionRoutes(PRODUCTS),
  ...collectionRoutes(ADVANCED_OPTIONS),
  ...skuInfoRoutes,
];

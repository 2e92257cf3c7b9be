import Big from 'big.js';
import { between, type SandboxContext } from '../kit';
import { rounded } from '../kit/shop';
import {
  CATALOGUE,
  CATEGORIES,
  CUSTOMERS,
  STORE_ONLY_ITEMS,
  type CatalogueProduct,
  type SellableItem,
} from '../seed';
import {
  ADVANCED_OPTION,
  CATEGORY,
  CUSTOMER,
  CUSTOMER_GROUP,
  fresh,
  OPTION,
  OPTION_SET,
  PRODUCT,
  SKU_INFO,
  type CategoryLink,
  type Product,
} from './model';
import { customerOf } from './orders/parties';
import { STATUSES } from './orders/statuses';
import type { ThreeDCartStore } from './store';

const slugOf = (name: string): string => name.replace(/[^A-Za-z0-9]+/g, '-').replace(/-$/, '');

/** What things cost the merchant. */
const COST_SHARE = 0.4;

const MONTH_MS = 30 * 86_400_000;

function seedCategories(store: ThreeDCartStore, time: string): ReadonlyMap<string, CategoryLink> {
  const links = new Map<string, CategoryLink>();
  CATEGORIES.forEach((name, index) => {
    const id = store.nextId('category');
    const category = {
      CategoryID: id,
      CategoryName: name,
      Link: `/${slugOf(name)}_c_${id}.html`,
      Sorting: index + 1,
      LastUpdate: time,
    };
    store.categories.set(id, fresh(CATEGORY, category));
    links.set(name, { CategoryID: id, CategoryName: name });
  });
  return links;
}

/** The variants, and the choice that a buyer makes among them: one set of options, an option each. */
export function addVariants(
  store: ThreeDCartStore,
  product: Product,
  { name, weight, variants }: Pick<CatalogueProduct, 'name' | 'weight' | 'variants'>,
  stock: () => number,
): void {
  if (variants.length === 0) return;
  const options = variants.map((variant) => ({
    variant,
    id: store.nextId('option'),
    choice: variant.name.replace(`${name}, `, ''),
  }));
  product.OptionSetList = [
    fresh(OPTION_SET, {
      OptionSetID: store.nextId('optionSet'),
      OptionSetName: 'Style',
      OptionList: options.map(({ id, choice }, index) =>
        fresh(OPTION, { OptionID: id, OptionName: choice, OptionSorting: index + 1 }),
      ),
    }),
  ];
  product.AdvancedOptionList = options.map(({ id, variant }) =>
    fresh(ADVANCED_OPTION, {
      AdvancedOptionCode: String(id),
      AdvancedOptionSufix: variant.sku,
      AdvancedOptionName: variant.name,
      AdvancedOptionCost: rounded(new Big(variant.price).times(COST_SHARE)),
      AdvancedOptionStock: stock(),
      AdvancedOptionWeight: weight,
      AdvancedOptionPrice: variant.price,
    }),
  );
}

export function addProduct(
  store: ThreeDCartStore,
  { sku, name, price, weight }: Pick<SellableItem, 'sku' | 'name' | 'price'> & { weight: number },
  time: string,
  stock: number,
): Product {
  const id = store.nextId('product');
  const product = fresh(PRODUCT, {
    SKUInfo: fresh(SKU_INFO, {
      CatalogID: id,
      SKU: sku,
      Name: name,
      Cost: rounded(new Big(price).times(COST_SHARE)),
      Price: price,
      RetailPrice: price,
      Stock: stock,
    }),
    LastUpdate: time,
    DateCreated: time,
    Weight: weight,
    CustomFileName: `${slugOf(name)}_p_${id}.html`,
  });
  store.products.set(id, product);
  store.forgetSkus();
  return product;
}

function seedProducts(store: ThreeDCartStore, context: SandboxContext): void {
  const random = context.stream('threedcart.stock');
  const time = store.time(new Date(context.now().getTime() - MONTH_MS));
  const categories = seedCategories(store, time);
  for (const each of CATALOGUE) {
    const product = addProduct(store, each, time, between(random, 200, 600));
    addVariants(store, product, each, () => between(random, 200, 600));
    product.CategoryList = [categories.get(each.category) ?? []].flat();
  }
  for (const item of STORE_ONLY_ITEMS) addProduct(store, { ...item, weight: 0.1 }, time, 500);
}

function seedCustomers(store: ThreeDCartStore, context: SandboxContext): void {
  const time = store.time(new Date(context.now().getTime() - MONTH_MS));
  for (const person of CUSTOMERS) {
    const id = store.nextId('customer');
    const customer = fresh(CUSTOMER, { CustomerID: id, ...customerOf(person) });
    store.customers.set(id, { customer, lastUpdate: time });
  }
}

/** A store as it stands before its first order: statuses, catalogue, customers and groups of them. */
export function seedStore(store: ThreeDCartStore, context: SandboxContext): void {
  for (const status of STATUSES) store.statuses.set(status.OrderStatusID, { ...status });
  for (const name of ['Wholesale', 'Partner']) {
    const id = store.nextId('group');
    store.groups.set(id, fresh(CUSTOMER_GROUP, { CustomerGroupID: id, Name: name }));
  }
  seedProducts(store, context);
  seedCustomers(store, context);
}

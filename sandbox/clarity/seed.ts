import { between, type SandboxContext } from '../kit';
import { CATALOGUE, STORE_ONLY_ITEMS } from '../seed';
import { ID_FIELDS, type Resource } from './model';
import { WAREHOUSES } from './orders/stock';
import type { ClarityStore } from './store';

interface SoldItem {
  sku: string;
  name: string;
  price: number;
  category: string;
  weight: number;
  parentSku?: string | null;
}

/** Every variant is a product of its own, which names the SKU that it is a variant of. */
const ITEMS: readonly SoldItem[] = [
  ...CATALOGUE.flatMap(({ variants, category, weight, ...product }): SoldItem[] =>
    variants.length === 0
      ? [{ ...product, category, weight }]
      : variants.map((each) => ({ ...each, category, weight, parentSku: product.sku })),
  ),
  ...STORE_ONLY_ITEMS.map((item) => ({ ...item, category: 'Services', weight: 0.1 })),
];

const DISCOUNTS = [5, 10, 15];

const MONTH = 30 * 86_400_000;

function add(
  store: ClarityStore,
  resource: Resource,
  fields: Record<string, unknown>,
  date: string,
): void {
  const id = { [ID_FIELDS[resource]]: store.nextId(resource) };
  store.put(resource, {
    ...id,
    ...fields,
    externalId: null,
    createdDate: date,
    modifiedDate: date,
  });
}

/** A product, and what of it is in each warehouse. */
export function addProduct(
  store: ClarityStore,
  { sku, name, price, category, weight, parentSku = null }: SoldItem,
  now: Date,
  quantity: () => number,
): void {
  const date = now.toISOString();
  const known = { sku, name, description: '', price, currency: 'USD', category, weight };
  add(store, 'products', { ...known, parentSku, active: true }, date);
  for (const warehouse of WAREHOUSES) {
    add(store, 'inventory', { sku, warehouse, quantity: quantity() }, date);
  }
}

/** A shop before its first order: its products, what of them is in each warehouse, and its coupons. */
export function seedStore(store: ClarityStore, context: SandboxContext): void {
  const random = context.stream('clarity.stock');
  const date = new Date(context.now().getTime() - MONTH);
  for (const item of ITEMS) addProduct(store, item, date, () => between(random, 100, 300));
  for (const value of DISCOUNTS) {
    const coupon = { code: `SAVE${value}`, type: 'percent', value, active: true };
    add(store, 'coupons', coupon, date.toISOString());
  }
}

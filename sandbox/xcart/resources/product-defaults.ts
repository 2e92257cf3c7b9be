import { productDate } from '../api/dates';
import type { ProductRecord, ProductView } from '../model';
/** Whoever gives out ids: the store. */
export interface IdSource {
  nextId(kind: string): number;
}

/** Stock of a product that was created without saying how much: the store's own default. */
const DEFAULT_AMOUNT = 1000;

export const slugOf = (name: string): string =>
  name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

/** What may be said about a new product. */
interface Given {
  sku: string;
  name: string;
  price?: number;
  weight?: number;
  amount?: number;
}

export function newProduct(store: IdSource, given: Given, date: Date): ProductRecord {
  const text = productDate(date);
  const view: ProductView = {
    id: store.nextId('product'),
    sku: given.sku,
    name: given.name,
    description: '',
    brief_description: '',
    meta_tags: '',
    meta_description_type: 'A',
    meta_description: '',
    meta_title: '',
    price: given.price ?? 0,
    enabled: true,
    weight: given.weight ?? 0,
    separate_box: false,
    width: 0,
    length: 0,
    height: 0,
    free_shipping: false,
    taxable: true,
    arrival_date: text,
    inventory_traceable: true,
    amount: given.amount ?? DEFAULT_AMOUNT,
    clean_url: slugOf(given.name),
    create_date: text,
    update_date: text,
    product_class: null,
    tax_class: null,
    memberships: [],
    images: [],
  };
  return { view, variants: new Map() };
}

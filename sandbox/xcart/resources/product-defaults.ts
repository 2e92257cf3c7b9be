import { storeDate } from '../api/dates';
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
    .replace(/^-+|-+$/g, '');

type Given = Partial<ProductView> & Pick<ProductView, 'sku' | 'name'>;

export function newProduct(store: IdSource, given: Given, date: Date): ProductRecord {
  const text = storeDate(date);
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
    price: 0,
    enabled: true,
    weight: 0,
    separate_box: false,
    width: 0,
    length: 0,
    height: 0,
    free_shipping: false,
    taxable: true,
    arrival_date: text,
    inventory_traceable: true,
    amount: DEFAULT_AMOUNT,
    clean_url: slugOf(given.name),
    create_date: text,
    update_date: text,
    product_class: null,
    tax_class: null,
    memberships: [],
    images: [],
    ...given,
  };
  return { view, variants: new Map(), wholesale: new Map(), variantWholesale: new Map() };
}

import type { SandboxContext } from '../kit';
import { between } from '../kit';
import {
  CATALOGUE,
  CATEGORIES,
  STORE_ONLY_ITEMS,
  type CatalogueProduct,
  type SellableItem,
} from '../seed';
import { XCART_CREDENTIALS } from './credentials';
import type { ProductRecord, ProfileRecord } from './model';
import { newCategory } from './resources/category-defaults';
import { newProduct, slugOf } from './resources/product-defaults';
import { newProfile } from './resources/profile-defaults';
import { placeCart } from './orders/place';
import type { XCartStore } from './store';

const MEMBERSHIPS = ['Wholesale', 'Partner'];

function seedDocuments(store: XCartStore, name: string, names: readonly string[]): void {
  const documents = store.collection(name);
  names.forEach((text) => {
    const extra = name === 'memberships' ? { enabled: true } : {};
    const id = store.nextId(name);
    documents.set(id, { id, name: text, ...extra });
  });
}

function seedCategories(store: XCartStore): ReadonlyMap<string, number> {
  const ids = new Map<string, number>();
  ['Catalogue', ...CATEGORIES].forEach((name, index) => {
    const id = store.nextId('category');
    const view = newCategory(id, {
      position: index * 10,
      parent: index === 0 ? null : 1,
      clean_url: slugOf(name),
      name,
    });
    store.categories.set(id, { view, products: new Set() });
    ids.set(name, id);
  });
  return ids;
}

/** An attribute of this product alone, whose values tell its variants apart. Gives the id of each value. */
function seedChoices(store: XCartStore, productId: number, words: string[]): number[] {
  const attribute = store.nextId('attribute');
  const path = `products/${productId}/attributes_select`;
  const about = { id: attribute, position: 0, name: 'Variant', displayMode: 'S' };
  store.collection(path).set(attribute, about);
  return words.map((value, index) => {
    const [option, id] = [store.nextId('attributeOption'), store.nextId('attributeValueSelect')];
    const position = index * 10;
    const options = store.collection(`${path}/${attribute}/options`);
    options.set(option, { id: option, position, value });
    store.collection(`${path}/${attribute}/values`).set(id, {
      id,
      option_id: option,
      position,
      price_modifier: 0,
      price_modifier_type: 'percent',
      weight_modifier: 0,
      weight_modifier_type: 'percent',
      is_default: index === 0,
    });
    return id;
  });
}

/** Variants with a stock of their own, and the attribute that tells them apart. */
export function addVariants(
  store: XCartStore,
  record: ProductRecord,
  product: Pick<CatalogueProduct, 'name' | 'price' | 'weight' | 'variants'>,
  amount: () => number,
): void {
  if (product.variants.length === 0) return;
  const words = product.variants.map(({ name }) => name.replace(`${product.name}, `, ''));
  const values = seedChoices(store, record.view.id, words);
  product.variants.forEach((variant, index) => {
    store.addVariant(record, {
      id: store.nextId('variant'),
      price: variant.price,
      default_price: variant.price === product.price,
      amount: amount(),
      default_amount: false,
      weight: product.weight,
      default_weight: true,
      default_variant: index === 0,
      sku: variant.sku,
      image: null,
      attribute_checkbox_values: [],
      attribute_select_values: values.slice(index, index + 1),
    });
  });
}

function seedProduct(
  store: XCartStore,
  item: Pick<SellableItem, 'sku' | 'name' | 'price'> & { weight: number },
  date: Date,
  amount: number,
): ProductRecord {
  const { sku, name, price, weight } = item;
  const record = newProduct(store, { sku, name, price, weight, amount }, date);
  store.addProduct(record);
  return record;
}

function seedProducts(store: XCartStore, context: SandboxContext): void {
  const random = context.stream('xcart.stock');
  const date = new Date(context.now().getTime() - 30 * 86_400_000);
  const categories = seedCategories(store);
  for (const product of CATALOGUE) {
    const record = seedProduct(store, product, date, between(random, 200, 600));
    addVariants(store, record, product, () => between(random, 200, 600));
    const category = store.categories.get(categories.get(product.category) ?? 0);
    category?.products.add(record.view.id);
  }
  for (const item of STORE_ONLY_ITEMS) seedProduct(store, { ...item, weight: 0.1 }, date, 500);
}

function adminProfile({ now }: SandboxContext): ProfileRecord {
  const { adminLogin: login, adminPassword: password } = XCART_CREDENTIALS;
  return newProfile(1, { login, access_level: 100, role_ids: [1] }, now(), { password });
}

/** A store as it stands before its first order: catalogue, categories, one administrator, two open carts. */
export function seedStore(store: XCartStore, context: SandboxContext): void {
  store.addProfile(adminProfile(context));
  seedDocuments(store, 'memberships', MEMBERSHIPS);
  seedDocuments(store, 'tax_classes', ['Reduced rate']);
  seedDocuments(store, 'product_classes', ['Apparel', 'Tools']);
  seedProducts(store, context);
  placeCart(store, context.stream('xcart.carts'), context.now());
  placeCart(store, context.stream('xcart.carts.second'), context.now());
}

import type {
  CategoryRecord,
  OrderRecord,
  ProductRecord,
  ProfileRecord,
  VariantView,
} from './model';
import { Tokens } from '../kit/oauth';
import { defaultSwitches, type XCartSwitches } from './switches';

/** Where the ids begin: apart from one another, so that a mixed-up id does not happen to fit. */
const FIRST_IDS: Readonly<Record<string, number>> = {
  order: 1040,
  item: 2001,
  product: 37,
  variant: 512,
  profile: 15,
  address: 88,
  surcharge: 9,
  transaction: 301,
  backendTransaction: 401,
  number: 1001,
};

/** Documents of a resource that has no rules of its own, by id. */
export type Documents = Map<number, Record<string, unknown> & { id: number }>;

/** Everything the store keeps, in memory. */
export class XCartStore {
  switches: XCartSwitches = defaultSwitches();
  /** Of OAuth 2.0, where the switch says that there is any. */
  readonly tokens = new Tokens();
  /** Called when an order was changed through the API: the webhook add-on listens. */
  orderChanged: (order: OrderRecord) => void = () => undefined;
  /** The same for a product or profile that was made or changed. */
  recordWritten: (happening: 'created' | 'updated', record: ProductRecord | ProfileRecord) => void =
    () => undefined;
  products = new Map<number, ProductRecord>();
  categories = new Map<number, CategoryRecord>();
  profiles = new Map<number, ProfileRecord>();
  orders = new Map<number, OrderRecord>();
  carts = new Map<number, OrderRecord>();
  /** By their paths, such as `memberships` and `products/37/reviews`. */
  collections = new Map<string, Documents>();
  /** Ids of the products that are shown first, by page. */
  featuredOn = new Map<string, Set<number>>();
  private logins = new Map<string, ProfileRecord>();
  private skus = new Map<string, ProductRecord>();
  private ids = new Map<string, number>();

  /** `fill` puts in what is there before the first order, after each reset too. */
  constructor(private readonly fill: (store: XCartStore) => void) {
    this.reset();
  }

  reset(): void {
    this.switches = defaultSwitches();
    this.tokens.reset();
    this.products = new Map();
    this.categories = new Map();
    this.profiles = new Map();
    this.orders = new Map();
    this.carts = new Map();
    this.collections = new Map();
    this.featuredOn = new Map();
    this.logins = new Map();
    this.skus = new Map();
    this.ids = new Map();
    this.fill(this);
  }

  nextId(kind: string): number {
    const id = this.ids.get(kind) ?? FIRST_IDS[kind] ?? 1;
    this.ids.set(kind, id + 1);
    return id;
  }

  /** The documents of a simple resource, such as `memberships`. */
  collection(name: string): Documents {
    const known = this.collections.get(name);
    if (known !== undefined) return known;
    const created: Documents = new Map();
    this.collections.set(name, created);
    return created;
  }

  /** Every collection with such a path, such as the options of an attribute wherever it stands. */
  collectionsLike(path: RegExp): Documents[] {
    return [...this.collections].flatMap(([name, documents]) =>
      path.test(name) ? [documents] : [],
    );
  }

  /** Ids of the products that are shown first on a page, in their order. */
  featured(page: string): Set<number> {
    const known = this.featuredOn.get(page);
    if (known !== undefined) return known;
    const created = new Set<number>();
    this.featuredOn.set(page, created);
    return created;
  }

  /** The real profile with this login; profiles cloned for orders are not found. */
  profileByLogin(login: string): ProfileRecord | undefined {
    return this.logins.get(login.toLowerCase());
  }

  addProfile(profile: ProfileRecord): void {
    this.profiles.set(profile.view.id, profile);
    if (profile.orderId === null) this.logins.set(profile.view.login.toLowerCase(), profile);
  }

  changeLogin(profile: ProfileRecord, login: string): void {
    this.logins.delete(profile.view.login.toLowerCase());
    profile.view.login = login;
    this.logins.set(login.toLowerCase(), profile);
  }

  /** Orders outlive their customer: they keep the clone of the profile and lose the way to the real one. */
  removeProfile(profile: ProfileRecord): void {
    const { id, login } = profile.view;
    this.profiles.delete(id);
    if (profile.orderId === null) this.logins.delete(login.toLowerCase());
    for (const { view } of [...this.orders.values(), ...this.carts.values()]) {
      if (view.customer_id === id) view.customer_id = null;
    }
  }

  addProduct(product: ProductRecord): void {
    this.products.set(product.view.id, product);
    this.claimSku(product.view.sku, product);
    for (const variant of product.variants.values()) this.addVariant(product, variant);
  }

  addVariant(product: ProductRecord, variant: VariantView): void {
    product.variants.set(variant.id, variant);
    if (variant.sku !== null) this.claimSku(variant.sku, product);
  }

  removeProduct(product: ProductRecord): void {
    this.products.delete(product.view.id);
    this.releaseSku(product.view.sku);
    for (const variant of product.variants.values()) this.releaseSku(variant.sku);
    for (const category of this.categories.values()) category.products.delete(product.view.id);
  }

  removeVariant(product: ProductRecord, variant: VariantView): void {
    product.variants.delete(variant.id);
    this.releaseSku(variant.sku);
  }

  /** The product that a SKU belongs to, whether its own or a variant's. */
  productBySku(sku: string): ProductRecord | undefined {
    return this.skus.get(sku);
  }

  claimSku(sku: string, product: ProductRecord): void {
    this.skus.set(sku, product);
  }

  releaseSku(sku: string | null): void {
    if (sku !== null) this.skus.delete(sku);
  }
}

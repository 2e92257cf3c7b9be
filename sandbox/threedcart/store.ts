import { RateLimit } from '../kit';
import { Tokens } from '../kit/oauth';
import { storeTime } from './api/dates';
import { eventsOf, type EventKey, type WebhookEvent } from './events';
import type {
  AddressBook,
  AdvancedOption,
  Category,
  CustomerGroup,
  CustomerRecord,
  Order,
  OrderStatus,
  Product,
  Rma,
  Webhook,
} from './model';
import { defaultSwitches, type ThreeDCartSwitches } from './switches';

/** Where the ids begin: apart from one another, so that a mixed-up id does not happen to fit. */
const FIRST_IDS: Readonly<Record<string, number>> = {
  order: 23765,
  invoice: 1042,
  item: 77001,
  shipment: 501,
  transaction: 9001,
  product: 12,
  option: 11,
  optionSet: 3,
  category: 5,
  customer: 160,
  group: 2,
  addressBook: 31,
  rma: 4,
  webhook: 1234,
};

/** A product or a variant, whose stock is counted for itself. */
export interface StockHolder {
  product: Product;
  option?: AdvancedOption;
}

/** Everything the store keeps, in memory. */
export class ThreeDCartStore {
  readonly tokens = new Tokens();
  readonly rate = new RateLimit();
  switches: ThreeDCartSwitches = defaultSwitches();
  /** Called when something happened that webhooks tell of. */
  announce: (event: EventKey, record: object) => void = () => undefined;
  orders = new Map<number, Order>();
  products = new Map<number, Product>();
  categories = new Map<number, Category>();
  customers = new Map<number, CustomerRecord>();
  groups = new Map<number, CustomerGroup>();
  addressBooks = new Map<number, AddressBook>();
  rmas = new Map<number, Rma>();
  statuses = new Map<number, OrderStatus>();
  webhooks = new Map<number, Webhook>();
  private ids = new Map<string, number>();
  /** By SKU, made when somebody asks: a shop may have many thousands. */
  private holders?: ReadonlyMap<string, StockHolder>;

  /** `fill` puts in what is there before the first order, after each reset too. */
  constructor(
    private readonly seed: number,
    private readonly fill: (store: ThreeDCartStore) => void,
  ) {
    this.reset();
  }

  reset(): void {
    this.switches = defaultSwitches();
    this.tokens.reset();
    this.rate.reset();
    this.orders = new Map();
    this.products = new Map();
    this.categories = new Map();
    this.customers = new Map();
    this.groups = new Map();
    this.addressBooks = new Map();
    this.rmas = new Map();
    this.statuses = new Map();
    this.webhooks = new Map();
    this.ids = new Map();
    this.forgetSkus();
    this.fill(this);
  }

  nextId(kind: string): number {
    const id = this.ids.get(kind) ?? FIRST_IDS[kind] ?? 1;
    this.ids.set(kind, id + 1);
    return id;
  }

  /** As the store tells it. */
  time(date: Date): string {
    return storeTime(date, this.switches.timeZone);
  }

  /** What webhooks can tell of, with the numbers of this store. */
  events(): WebhookEvent[] {
    return eventsOf(this.switches.eventSeed || this.seed);
  }

  eventName(type: number): string {
    return this.events().find(({ EventType }) => EventType === type)?.EventName ?? '';
  }

  /** Who has this SKU; undefined where the store does not know it. A variant goes before a product. */
  holderOf(sku: string): StockHolder | undefined {
    this.holders ??= holdersIn(this.products.values());
    return this.holders.get(sku);
  }

  /** To be called when a product has come, gone, or got another SKU. */
  forgetSkus(): void {
    this.holders = undefined;
  }
}

function holdersIn(products: Iterable<Product>): ReadonlyMap<string, StockHolder> {
  const all = [...products];
  const whole = all.map((product): [string, StockHolder] => [product.SKUInfo.SKU, { product }]);
  const parts = all.flatMap((product) =>
    product.AdvancedOptionList.map((option): [string, StockHolder] => [
      option.AdvancedOptionSufix,
      { product, option },
    ]),
  );
  return new Map([...whole, ...parts]);
}

export const stockOf = ({ product, option }: StockHolder): number =>
  option?.AdvancedOptionStock ?? product.SKUInfo.Stock;

/** Stock may fall below zero. */
export function setStock({ product, option }: StockHolder, amount: number): void {
  if (option === undefined) product.SKUInfo.Stock = amount;
  else option.AdvancedOptionStock = amount;
}

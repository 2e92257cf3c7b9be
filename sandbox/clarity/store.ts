import {
  ID_FIELDS,
  RESOURCES,
  UNIQUE,
  type Document,
  type OrderDocument,
  type Resource,
} from './model';
import { defaultSwitches, type ClaritySwitches } from './switches';

/** How an order was drawn, so that taxes and discounts follow when its lines change. */
export interface OrderRules {
  /** Share of the lines less discounts. */
  taxRate: number;
  /** Share of the goods. */
  discount: number;
}

/** The nine kinds of events of the reference. */
export const EVENTS = [
  'order.created',
  'order.updated',
  'product.updated',
  'customer.created',
  'customer.updated',
  'inventory.updated',
  'payment.captured',
  'shipment.created',
  'return.requested',
] as const;

export type EventName = (typeof EVENTS)[number];

/** What has happened, with the document as it was then. */
export interface ShopEvent {
  event: EventName;
  resource: Resource;
  document: Document;
}

type Tables = Record<Resource, Map<string, Document>>;

const emptyTables = (): Tables =>
  Object.fromEntries(RESOURCES.map((name) => [name, new Map<string, Document>()])) as Tables;

const FIRST_ID = 1001;

/** One text for values that no two documents may share. */
const keyOf = (values: readonly unknown[]): string =>
  JSON.stringify(values.map((value) => String(value).toLowerCase()));

/** Everything that the shop knows. All writing goes through `put` and `drop`, so that keys stay unique. */
export class ClarityStore {
  switches: ClaritySwitches = defaultSwitches();
  readonly rules = new Map<string, OrderRules>();
  /** Every warehouse that has ever held something, the one that orders are served from first. */
  readonly warehouses = new Set<string>();
  /** What has happened since it was last told of. */
  events: ShopEvent[] = [];
  /** Whether anybody listens: else nothing is kept to be told. */
  listening: () => boolean = () => false;
  private tables = emptyTables();
  private ids = new Map<string, number>();
  /** Who holds a key, and which keys a document holds. */
  private keys = new Map<string, string>();
  private stored = new Map<string, string[]>();

  constructor(private readonly seed: (store: ClarityStore) => void) {
    seed(this);
  }

  reset(): void {
    this.switches = defaultSwitches();
    this.tables = emptyTables();
    this.ids = new Map();
    this.keys = new Map();
    this.stored = new Map();
    this.rules.clear();
    this.warehouses.clear();
    this.seed(this);
    this.events = [];
  }

  nextId(kind: string): string {
    const next = this.ids.get(kind) ?? FIRST_ID;
    this.ids.set(kind, next + 1);
    return String(next);
  }

  all(resource: Resource): Document[] {
    return [...this.tables[resource].values()];
  }

  get(resource: Resource, id: string): Document | undefined {
    return this.tables[resource].get(id);
  }

  orders(): OrderDocument[] {
    return this.all('orders') as OrderDocument[];
  }

  order(id: string): OrderDocument | undefined {
    return this.get('orders', id) as OrderDocument | undefined;
  }

  /** The document that has these values in the unique fields of its resource, such as a SKU. */
  byUnique(resource: Resource, ...values: unknown[]): Document | undefined {
    return this.byKey(resource, (UNIQUE[resource] ?? []).join('+'), values);
  }

  byExternalId(resource: Resource, externalId: string): Document | undefined {
    return this.byKey(resource, 'externalId', [externalId]);
  }

  /** Adds a document or takes note of its changed keys. Check with `taken` first. */
  put(resource: Resource, document: Document): void {
    const id = String(document[ID_FIELDS[resource]]);
    this.forgetKeys(resource, id);
    this.tables[resource].set(id, document);
    if (resource === 'inventory') this.warehouses.add(String(document.warehouse));
    for (const key of this.keysOf(resource, document)) this.keys.set(key, id);
  }

  drop(resource: Resource, id: string): void {
    this.forgetKeys(resource, id);
    this.tables[resource].delete(id);
    this.stored.delete(`${resource}/${id}`);
  }

  /** The fields that another document has the same values in; undefined when there is none. */
  taken(resource: Resource, document: Record<string, unknown>, ownId?: string): string | undefined {
    const found = this.namedKeys(resource, document).find(({ key }) => {
      const holder = this.keys.get(key);
      return holder !== undefined && holder !== ownId;
    });
    return found?.name;
  }

  /** Notes an event with a copy of the document, if anybody listens. */
  raise(event: EventName, resource: Resource, document: Document): void {
    if (!this.listening()) return;
    this.events.push({ event, resource, document: structuredClone(document) });
  }

  private byKey(resource: Resource, name: string, values: unknown[]): Document | undefined {
    const id = this.keys.get(`${resource}/${name}/${keyOf(values)}`);
    return id === undefined ? undefined : this.get(resource, id);
  }

  private namedKeys(
    resource: Resource,
    document: Record<string, unknown>,
  ): Array<{ name: string; key: string }> {
    return [['externalId'], UNIQUE[resource] ?? []]
      .filter((fields) => fields.length > 0 && fields.every((field) => document[field] != null))
      .map((fields) => {
        const name = fields.join('+');
        return {
          name,
          key: `${resource}/${name}/${keyOf(fields.map((field) => document[field]))}`,
        };
      });
  }

  private keysOf(resource: Resource, document: Document): string[] {
    const keys = this.namedKeys(resource, document).map(({ key }) => key);
    this.stored.set(`${resource}/${String(document[ID_FIELDS[resource]])}`, keys);
    return keys;
  }

  private forgetKeys(resource: Resource, id: string): void {
    for (const key of this.stored.get(`${resource}/${id}`) ?? []) this.keys.delete(key);
  }
}

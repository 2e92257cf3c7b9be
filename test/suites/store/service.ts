/** What a store says of itself so that the suite can try it, from the outside alone. */
import type { ICredentialType, IDataObject, INode, INodeType } from 'n8n-workflow';

export type Parameters = INode['parameters'];

export interface Placing {
  /** Date of the first order, in ms since the epoch; left out: now, by the shop's clock. */
  at?: number;
  /** How much later each order is dated than the one before; left out: 0, all of the same second. */
  everySeconds?: number;
}

/**
 * A running shop, with the doors that its API does not have. Ids are those of the API, as text; times are whole seconds
 * in ms since the epoch.
 */
export interface Shop {
  /** Address of its API, as the credential takes it. */
  url: string;
  /** No orders, the stock of the beginning, the clock right. */
  reset(): Promise<void>;
  stop(): Promise<void>;
  /** Places orders and gives back their ids. An order dated earlier than others is one that was saved late. */
  place(count: number, placing?: Placing): Promise<string[]>;
  /** Changes the content of an order; `at` is then the date of its last change, now by default. */
  change(id: string, at?: number): Promise<void>;
  remove(id: string): Promise<void>;
  /** How far the shop's clock is ahead of this machine's, in ms; behind where negative. */
  setClock(aheadMs: number): void;
  /** Three SKUs that it sells, and counts. */
  skus: readonly [string, string, string];
  /** Addresses that it sends webhooks to at this moment; left out: it sends none, or keeps no list of them. */
  hooks?(): Promise<string[]>;
  stock(sku: string): Promise<number>;
  setStock(sku: string, quantity: number): Promise<void>;
  /** The doors to records of other kinds, by kind. */
  others?: Readonly<Record<string, RecordDoors>>;
}

/** What happens in a shop to records of one kind. */
export interface RecordDoors extends Pick<Shop, 'place' | 'change' | 'remove'> {
  /** Removes all there are. */
  clear(): Promise<void>;
}

/** A kind of records beside the orders that the trigger follows; what it says stands in the place of the orders'. */
export interface KindUnderTest {
  kind: string;
  /** What people call one; left out: its kind. */
  one?: string;
  many: string;
  operations: Pick<Operations, 'getOrder' | 'getManyOrders' | 'rewriteOrder'>;
  /** Its whole list is read and compared: no order of changes, and no request for those of a day alone. */
  byContent?: true;
  /** The shop says of the day alone that one was changed on it or later. */
  wholeDays?: true;
  /** The node says of each where it comes from, as the trigger does. */
  hasSource?: true;
  /** Most records that one request brings; left out: as many as of orders. */
  pageSize?: number;
  /** The id in what the node puts out. */
  idOf(document: IDataObject): string;
  /** False for what the node lists beside them; left out: it lists nothing else. */
  isOne?(document: IDataObject): boolean;
  /** What of a document the trigger and the node show alike; left out: all. */
  shownAlike?(document: IDataObject): IDataObject;
  /** Requests that bring one whole record; left out: 1. */
  requestsForOne?: number;
}

/** What happened to a record. */
export type Happening = 'created' | 'changed';

/** What a delivery tells. */
export interface ToTell {
  event: Happening;
  /** The id as JSON text, so that a test can forge it: `1042`, `1e21`, `"x"`. */
  id: string;
  /** Of the record. */
  kind: string;
  /** In ms since the epoch. */
  sentAt: number;
  /** Names the delivery itself; left out: a name that no other has. */
  delivery?: string;
}

/** A delivery that is to be proven. */
export interface ToProve {
  body: string;
  secret: string;
  /** Such as `order.created`. */
  event: string;
  /** In ms since the epoch. */
  sentAt: number;
}

/** The header that says when a delivery was sent, and how far that may be from now. */
export interface Stamp {
  header: string;
  toleranceMs: number;
}

/** One way in which a delivery shows that its sender knows the secret. */
export interface Proof {
  name: string;
  /** False: it says nothing of the body, which then may be another. */
  coversBody: boolean;
  /** Left out: it does not say when it was sent. */
  stamp?: Stamp;
  /** Where it stands in a delivery; left out: in its headers. */
  in?: 'query';
  /** Names and values. */
  headers(delivery: ToProve): Record<string, string>;
}

export interface WebhookUnderTest {
  /** The secret in the credential, or that the trigger has made where it registers its webhooks itself. */
  secret: string;
  /** The credential without it; left out: the trigger registers its webhooks itself. */
  withoutSecret?: IDataObject;
  proofs: readonly [Proof, ...Proof[]];
  /** Its ids may be any words, and are no numbers that it counts. */
  idsAreTexts?: boolean;
  /** What it tells of records of a kind; left out: that they were created, and that they have changed. */
  tells?(kind: string): readonly [Happening, ...Happening[]];
  /** Further events that the trigger registers, because they tell of the same; left out: none. */
  alsoToldBy?(kind: string): readonly string[];
  body(told: ToTell): string;
  /** The headers that name one delivery; left out: there are none. */
  delivery?(id: string): Record<string, string>;
  /** The body names one delivery. */
  bodyNamesIt?: true;
}

/** How an order is told what became of it in another system. */
export interface ToldOrders {
  /** One that is sent, the next one, and one that a person sets in the store meanwhile. */
  codes: Record<'next' | 'person' | 'sent', string>;
  setStatus(id: string, code: string): Parameters;
  /** Sets the status too. Left out: the store is told no tracking numbers. */
  addShipment?(id: string, trackingNumber: string, code: string): Parameters;
  statusOf(order: IDataObject): string;
  /** Movements of money that are noted in the order, each with what it is. */
  moneyOf(id: string): Array<[string, Parameters]>;
}

/** Parameters of the store's node, for the operations that every store has. */
export interface Operations {
  getOrder(id: string): Parameters;
  getManyOrders(limit: number): Parameters;
  /** Takes SKU and quantity from the fields `sku` and `quantity` of the items. */
  updateStock: Parameters;
  /** Writes to the record what it holds already, so that nothing but the date of its last change moves. */
  rewriteOrder?(order: IDataObject): Parameters;
  /** Changes the record, and then back to what it was, as staff do. */
  changeAndBack?(order: IDataObject): [Parameters, Parameters];
  /** Ways to write back into the order of an item what it is called in another system, in the order in which they are tried. */
  writeBack?(order: IDataObject): Parameters[];
  told?: ToldOrders;
}

export interface StoreUnderTest {
  /** Title of its tests. */
  name: string;
  /** The store's name in `source`. */
  platform: string;
  trigger: INodeType;
  node: INodeType;
  credentialType: ICredentialType;
  /** Opens the shop at this address, with a key that may write; calls the shop `main`. */
  credential(url: string): IDataObject;
  /** The path at which it signs in first; left out: each request carries the key itself. */
  signIn?: string;
  /** Whether a path is asked for once in a while, and by no single reading; left out: none is. */
  isAside?(path: string): boolean;
  /** The number that people call an order by; left out: its id. */
  numberOf?(order: IDataObject): string;
  /** Where the store is, if its API is elsewhere. */
  storeUrl?: string;
  /** The status with which it answers where a list is empty or has ended; left out: success, and an empty list. */
  emptyList?: number;
  /** It sells what it has not got, and then has less than nothing. */
  owesPieces?: true;
  /** Most orders that one request brings. */
  pageSize: number;
  /** Its whole list of orders is read and compared. */
  byContent?: true;
  /** Requests that an order takes: beside that for its list, and where it is read alone. Left out: none, and one. */
  requestsFor?: { listed: number; one: number };
  operations: Operations;
  /** Left out: the service sends none. */
  webhook?: WebhookUnderTest;
  startShop(): Promise<Shop>;
  /** What else the trigger follows. */
  kinds?: readonly KindUnderTest[];
}

/** What the nodes of all stores call alike. */
export const operationsOf = (resource: string): Pick<Operations, 'getOrder' | 'getManyOrders'> => ({
  getOrder: (id) => ({
    resource,
    operation: 'get',
    [resource]: { __rl: true, mode: 'id', value: id },
  }),
  getManyOrders: (limit) => ({ resource, operation: 'getAll', limit, simplify: false }),
});

/** Tells an order of a shipment; with a number where one is given. */
export const shipmentOf = (id: string, newStatus: string, more: IDataObject = {}): Parameters =>
  ({
    ...operationsOf('order').getOrder(id),
    ...{ operation: 'addShipment', setStatus: true, newStatus, ...more },
  }) as Parameters;

/** Says that money came in or was given back. */
export const moneyOf = (operation: string, id: string, more: IDataObject): Parameters =>
  ({ ...operationsOf('order').getOrder(id), operation, ...more }) as Parameters;

/** Writes to a record fields that hold this already. */
export const rewriting = (resource: string, id: string, fields: IDataObject): Parameters => ({
  ...operationsOf(resource).getOrder(id),
  operation: 'update',
  fieldsFrom: 'define',
  additionalFields: fields as Parameters,
});

export const USUAL_OPERATIONS: Operations = {
  ...operationsOf('order'),
  updateStock: { resource: 'stock', operation: 'update' },
};

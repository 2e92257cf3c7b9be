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
  many: string;
  operations: Pick<Operations, 'getOrder' | 'getManyOrders'>;
  /** The id in what the node puts out. */
  idOf(document: IDataObject): string;
  /** False for what the node lists beside them; left out: it lists nothing else. */
  isOne?(document: IDataObject): boolean;
  /** What of a document the trigger and the node show alike; left out: all. */
  shownAlike?(document: IDataObject): IDataObject;
  /** Requests that bring one whole record; left out: 1. */
  requestsForOne?: number;
}

/** One way in which a delivery shows that its sender knows the secret. */
export interface Proof {
  name: string;
  /** False: it says nothing of the body, which then may be another. */
  coversBody: boolean;
  /** Where it stands in a delivery; left out: in its headers. */
  in?: 'query';
  /** Names and values. */
  headers(body: string, secret: string): Record<string, string>;
}

export interface WebhookUnderTest {
  /** The secret in the credential, or that the trigger has made where it registers its webhooks itself. */
  secret: string;
  /** The credential without it; left out: the trigger registers its webhooks itself. */
  withoutSecret?: IDataObject;
  proofs: readonly [Proof, ...Proof[]];
  /** Its ids may be any words, and are no numbers that it counts. */
  idsAreTexts?: boolean;
  /** @param id the id as JSON text, so that a test can forge it: `1042`, `1e21`, `"x"` */
  body(event: 'created' | 'changed', id: string, kind: string): string;
  /** The headers that name one delivery; left out: the service gives deliveries no id. */
  delivery?(id: string): Record<string, string>;
}

/** Parameters of the store's node, for the operations that every store has. */
export interface Operations {
  getOrder(id: string): Parameters;
  getManyOrders(limit: number): Parameters;
  /** Takes SKU and quantity from the fields `sku` and `quantity` of the items. */
  updateStock: Parameters;
  /** Writes to the order what it holds already, so that nothing but the date of its last change moves. */
  rewriteOrder?(order: IDataObject): Parameters;
  /** Ways to write back into the order of an item what it is called in another system, in the order in which they are tried. */
  writeBack?(order: IDataObject): Parameters[];
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
export const USUAL_OPERATIONS: Operations = {
  getOrder: (id) => ({
    resource: 'order',
    operation: 'get',
    order: { __rl: true, mode: 'id', value: id },
  }),
  getManyOrders: (limit) => ({ resource: 'order', operation: 'getAll', limit, simplify: false }),
  updateStock: { resource: 'stock', operation: 'update' },
};

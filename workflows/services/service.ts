/** A service as the templates speak of it: its names for people and in the package, what it puts out and takes. */

export interface Service {
  /** As people call it: "X-Cart". */
  name: string;
  /** As file and flow names call it: "xcart". */
  key: string;
  /** Its credential type, and how the editor calls that. */
  credential: {
    type: string;
    name: string;
    /** Another way to sign in, which its nodes offer under *Authentication*, as people call it: "OAuth2 API". */
    alternative?: string;
  };
}

/** Documents that a trigger node of a service puts out. */
export interface Source {
  /** Node type within the package: "xCartTrigger". */
  trigger: string;
  /** The service tells of its documents by itself; left out: the trigger only polls. */
  byWebhook?: {
    /** What that takes, within a sentence: "the shop has to reach this n8n". */
    needs: string;
  };
  parameters?: Record<string, unknown>;
  /** What Commerce Map calls the document: "xcart.order". */
  document: string;
  /** Where the document says by its id which order of the service it is about: the first of several with ?? that has one. */
  orderId?: string;
  /** Adds to a claimed document what the service keeps apart from it. */
  additions?: readonly Addition[];
}

/** One node that adds to the document. */
export interface Addition {
  /** What is added, within a sentence: "payments". */
  noun: string;
  /** What the node does and what that is good for, after its name: "reads the payments of changed orders, …". */
  purpose: string;
  /** Node type within the package: "xCart". */
  node: string;
  parameters: Record<string, unknown>;
}

/** One node that writes. */
export interface Write {
  /** What the node does, where that is more than to write: "Match or create". */
  verb?: string;
  /** What is written, within a sentence: "sales order". */
  noun: string;
  parameters: Record<string, unknown>;
}

/** A value that the user may enter in the node "Settings", and the field of the mapped document that it goes to. */
export interface Setting {
  /** Path in the item: "settings.priceList". */
  name: string;
  /** Within a sentence: "a price list". */
  noun: string;
  /** The field override of Commerce Map: its target. */
  into: Record<string, string>;
  /** Left empty it takes nothing away: what the preset maps there stays. */
  isInPlace?: true;
}

/** A document that is mapped for nodes that write. */
export interface Mapped {
  /** What it is, where several are made of one: "shipment". */
  noun?: string;
  /** What Commerce Map calls it: "dataverse.salesorder". */
  document: string;
  settings: readonly Setting[];
}

/** Documents that nodes of a service write. */
export interface Destination {
  /** Node type within the package: "dynamics365". */
  node: string;
  /** The newest version of that node type; left out: 1. */
  version?: number;
  /** What is mapped, in this order; where there are several, each adds its fields to the item. */
  documents: readonly [Mapped, ...Mapped[]];
  /** Whether Commerce Map, which needs no credential, takes that of the service to list its own columns. */
  listsColumns?: boolean;
  /** In the order in which they have to be there; the last one is what the source's document becomes. */
  writes: readonly Write[];
  /** What the ledger remembers of a document that is done: where it went, and which fields of the item say its id and outcome. */
  record: { system: string; table: string; idField: string; outcomeField: string };
  /** What ends a document that its source has called off; the state of the source decides where there is such a node. */
  cancel?: Write;
  /** The note around the nodes that write. */
  note: string;
  /** What the user has to know when setting up: one sentence a line. */
  setup: readonly string[];
}

export interface Store extends Service {
  orders: Source;
  /** What its orders are told by the system that they are sent to. */
  told: {
    orders: Destination;
    /** Left out: the store has no status that says of an order no more than that it is paid. */
    paidInvoices?: Destination;
  };
  /** What the user has to know of this store when setting up: one sentence a line. */
  setup?: readonly string[];
}

export interface Target extends Service {
  salesOrders: Destination;
  /** The rows that its triggers put out, by which stores are told what has become of their orders. */
  changed: { salesOrders: Source; invoices: Source };
}

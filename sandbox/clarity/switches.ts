/**
 * Clarity has no public documentation and every deployment differs. Each switch stands for something that the
 * reference of this project leaves open, so that a client can be tried against the other reading too.
 */
export interface ClaritySwitches {
  /** Name of the header that carries the API key. */
  apiKeyHeader: string;
  /** Requests a second, as a token bucket of the same size; 0: no limit. */
  requestsPerSecond: number;
  /** Whether ids in JSON are numbers. Off: texts. The `cef` profile always has numbers. */
  numericIds: boolean;
  /** Whether `modifiedSince` gives what was modified at that very moment too. */
  modifiedSinceInclusive: boolean;
  /** What lists are sorted by. */
  listOrder: 'id' | 'modified';
  /** Largest page; a larger one that is asked for becomes this. */
  largestPage: number;
  /** Whether orders tell what came to the lines: `shippingAmount`, `handlingAmount`, `taxIncluded`, `discountAmount`. */
  chargeFields: boolean;
  /** Where a discount of the whole order stands: spread over the lines, or as `discountAmount` of the order. */
  discountAt: 'lines' | 'order';
  /** Whether a VAT stands inside the prices (`taxIncluded` true) or comes to them. */
  includedTax: boolean;
  /** Whether a shipment that is made sets the order's status to `shipped`. */
  shipmentMovesOrder: boolean;
  /** Whether a product that is made is told of as `product.updated`: there is no `product.created`. */
  productUpdatedOnCreate: boolean;
  /** Whether writes through the API come back as webhooks: the echo. */
  webhookOnApiWrite: boolean;
  /** `data` of a delivery: the whole document, or its ids alone. */
  webhookData: 'document' | 'ids';
  /** Name of the key under which a registered webhook has its id. */
  webhookIdField: string;
  /** Whether the signature is over `<timestamp>.<body>` and not over the raw body alone. */
  signTimestamp: boolean;
  /** How `X-Clarity-Timestamp` is written: seconds since 1970, or ISO 8601. */
  timestampFormat: 'unix' | 'iso';
  /** Whether `PATCH /inventory/bulk` writes the good rows although others are refused. */
  bulkPartial: boolean;
  /** Whether `PATCH /inventory/bulk` makes the row of a known SKU in a warehouse that had none of it. */
  bulkCreates: boolean;
  /** `cef`: name of the query parameter for what was modified since; empty: there is none. */
  cefModifiedSince: string;
  /** `cef`: whether lists tell `TotalCount`, `TotalPages`, `CurrentPage` and `CurrentCount` beside `Results`. */
  cefTotals: boolean;
  /** `cef`: method and path by which one document is read, with `{resource}` and `{id}`. */
  cefRead: string;
  /** `cef`: as `cefRead`, for making one. */
  cefCreate: string;
  /** `cef`: as `cefRead`, for changing one; without `{id}` in it, the `ID` of the body says which. */
  cefUpdate: string;
  /** `cef`: as `cefRead`, for deleting one. */
  cefRemove: string;
  /** `cef`: whether a write that the shop's rules refuse answers 200, and only `successField` tells. */
  logicalFailures: boolean;
  /** `cef`: the boolean field that says whether a write has succeeded. */
  successField: string;
}

export const defaultSwitches = (): ClaritySwitches => ({
  apiKeyHeader: 'X-Api-Key',
  requestsPerSecond: 0,
  numericIds: false,
  modifiedSinceInclusive: true,
  listOrder: 'id',
  largestPage: 200,
  chargeFields: true,
  discountAt: 'lines',
  includedTax: false,
  shipmentMovesOrder: true,
  productUpdatedOnCreate: false,
  webhookOnApiWrite: true,
  webhookData: 'document',
  webhookIdField: 'webhookId',
  signTimestamp: false,
  timestampFormat: 'unix',
  bulkPartial: false,
  bulkCreates: true,
  cefModifiedSince: '',
  cefTotals: false,
  cefRead: 'GET {resource}/{id}',
  cefCreate: 'POST {resource}',
  cefUpdate: 'PUT {resource}/{id}',
  cefRemove: 'DELETE {resource}/{id}',
  logicalFailures: true,
  successField: 'ActionSucceeded',
});

/** The readings of those switches that are named by a word. */
export const SWITCH_CHOICES = {
  listOrder: ['id', 'modified'],
  discountAt: ['lines', 'order'],
  webhookData: ['document', 'ids'],
  timestampFormat: ['unix', 'iso'],
} as const;

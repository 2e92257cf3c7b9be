/**
 * Where the public evidence ends. Each switch stands for something about 3dcart that was never documented, that differs
 * between stores, or that could only be inferred, so that a client can be tried against the other reading too.
 */
export interface ThreeDCartSwitches {
  /** The zone in which the store tells times, which name none. Set it before the first order. */
  timeZone: string;
  /** The keys of orders: all, or those that were recorded in 2015, without the newer ones. */
  orderKeys: 'current' | '2015';
  /** Whether the store keeps an `AlternateOrderID` that is sent. Inferred; with the keys of 2015 it never does. */
  alternateOrderId: 'written' | 'ignored';
  /** Whether a new status is told as an update of the order too, or by its own event alone. Not found. */
  statusChangeIsUpdate: boolean;
  /** Requests that the store answers in a second, and at most at once; 0: as many as come. Inferred. */
  requestsPerSecond: number;
  /** Whether a 429 says how long to wait. Inferred. */
  retryAfter: boolean;
  /** Where an error array comes with the HTTP status 200, as clients have met it. Elements of a bulk write always do. */
  errorsInside200: 'never' | 'writes' | 'always';
  /**
   * What a write of many records answers where some are refused: a result for each, with the HTTP status 200 or with that of the
   * first refusal; or the first refusal alone, and nothing of what stands behind it is written. Inferred.
   */
  bulkFailure: 'elements' | 'elementsAndStatus' | 'first';
  /** What a 401 says: an object with a `Message`, as the framework below the API does, or an error array. Inferred. */
  deniedBody: 'message' | 'results';
  /** Whether the status of a shipment moves that of its order. Inferred. */
  shipmentMovesOrder: boolean;
  /** Whether a second change within a second moves `LastUpdate` by one more. Inferred. */
  lastUpdateAlwaysMoves: boolean;
  /** The sign of what a `Refund` transaction gives back. Inferred. */
  refundSign: 'negative' | 'positive';
  /** Whether money given back moves `LastUpdate`. Inferred. */
  refundRenews: boolean;
  /** What a webhook delivers: an array, as seen, or the bare object. */
  webhookBody: 'array' | 'object';
  /** Further tries of a webhook that was not answered with 2xx. Not found: none. */
  webhookRetries: number;
  /** Whether writes by the API are told by webhooks too: the echo. */
  webhookOnApiWrite: boolean;
  /** Draws other numbers for the webhook events, which no client may know by heart; 0: those of the sandbox's seed. */
  eventSeed: number;
  /** How long an OAuth access token lives, in seconds. */
  tokenSeconds: number;
  /** Whether a refresh token is good once only, and the answer brings the next one. Not found. */
  refreshTokenRotates: boolean;
}

export const defaultSwitches = (): ThreeDCartSwitches => ({
  timeZone: 'America/New_York',
  orderKeys: 'current',
  alternateOrderId: 'written',
  statusChangeIsUpdate: true,
  requestsPerSecond: 2,
  retryAfter: true,
  errorsInside200: 'never',
  bulkFailure: 'elements',
  deniedBody: 'message',
  shipmentMovesOrder: true,
  lastUpdateAlwaysMoves: true,
  refundSign: 'negative',
  refundRenews: true,
  webhookBody: 'array',
  webhookRetries: 0,
  webhookOnApiWrite: true,
  eventSeed: 0,
  tokenSeconds: 3600,
  refreshTokenRotates: false,
});

/** The readings of the switches that are named by a word. */
export const SWITCH_CHOICES = {
  timeZone: ['UTC', ...Intl.supportedValuesOf('timeZone')],
  orderKeys: ['current', '2015'],
  alternateOrderId: ['written', 'ignored'],
  errorsInside200: ['never', 'writes', 'always'],
  bulkFailure: ['elements', 'elementsAndStatus', 'first'],
  deniedBody: ['message', 'results'],
  refundSign: ['negative', 'positive'],
  webhookBody: ['array', 'object'],
} as const;

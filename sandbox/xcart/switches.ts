/**
 * Where the public evidence ends. Each switch stands for a fact about X-Cart 5.5 that differs between versions,
 * or that could only be inferred, so that a client can be tried against the other reading too.
 */
export interface XCartSwitches {
  /** `GET /orders?lastRenewDate[after]=…`: documented for 5.5.1, absent in 5.5.0, where it is ignored. */
  lastRenewDateFilter: boolean;
  /** 5.5.0 fills `status` of a payment transaction with the payment method's name. Off: the status letter. */
  transactionStatusBug: boolean;
  /** Text of the 401 for an unknown key. The shape is certain, the (translated) text is inferred. */
  unknownKeyMessage: string;
  /** Text of the 401 without any key. Inferred: default of the JWT bundle. */
  noKeyMessage: string;
  /** `detail` of the 403 for a write with the read-only key. Inferred: Symfony's default. */
  accessDeniedDetail: string;
  /**
   * Whether the refusals of a written status begin with `Input validations failed: `, as those of other input classes do. The
   * transformer of the statuses has them without it; a general remark on business rules names bad status codes as well.
   */
  statusRefusalPrefix: boolean;
  /**
   * Whether OAuth 2.0 guards the store too, by an add-on or a gateway before it. SYNTHETIC: X-Cart has none of its own, so
   * addresses and grants are this project's convention.
   */
  oAuth2: boolean;
  /** How long an OAuth access token lives, in seconds. */
  oAuth2TokenSeconds: number;
  /** Whether an OAuth refresh token is good once only, and the answer brings the next one. */
  refreshTokenRotates: boolean;
  /** `GET` of a list below a parent that does not exist, such as `/products/99/variants`. Inferred. */
  unknownParentList: 'empty' | 'not-found';
  /** Whether an order-level discount is also spread over `items[].discounted_subtotal`. Inferred. */
  discountOnItems: boolean;
  /** Whether profiles cloned for an order can be read at `GET /profiles/{id}`. They are never listed. Inferred. */
  clonedProfilesReadable: boolean;
  /** Whether money given back moves the order's `update_date`. Inferred. */
  refundRenews: boolean;
  /** Whether the add-ons of the store are on; the paths of one that is off are not there. */
  addOns: boolean;
  /** Whether the (synthetic) webhook add-on tells of products and customers beside orders. */
  webhookOnRecords: boolean;
  /** Whether the add-on also reports changes that came through the API: the echo. */
  webhookOnStatusWrite: boolean;
  /** Classic API: whether `_cnd[added]` filters profiles. A client relies on it; 5.4.0.10 ignores it. */
  classicAddedFilter: boolean;
  /** Classic API: whether an order of a guest names an anonymous profile in `orig_profile`, or none. Inferred. */
  classicGuestsHaveProfile: boolean;
  /** Classic API: whether a new tracking number moves the order's `lastRenewDate`. It is a record of its own. Inferred. */
  classicTrackingRenews: boolean;
}

export const defaultSwitches = (): XCartSwitches => ({
  lastRenewDateFilter: false,
  transactionStatusBug: true,
  unknownKeyMessage: 'Invalid credentials.',
  noKeyMessage: 'JWT Token not found',
  accessDeniedDetail: 'Access Denied.',
  statusRefusalPrefix: false,
  oAuth2: false,
  oAuth2TokenSeconds: 3600,
  refreshTokenRotates: false,
  unknownParentList: 'empty',
  discountOnItems: false,
  clonedProfilesReadable: true,
  refundRenews: true,
  addOns: true,
  webhookOnRecords: true,
  webhookOnStatusWrite: true,
  classicAddedFilter: false,
  classicGuestsHaveProfile: false,
  classicTrackingRenews: false,
});

/** The readings of the switch that is named by a word. */
export const SWITCH_CHOICES = { unknownParentList: ['empty', 'not-found'] } as const;

/**
 * An order as the REST API shows it: each template names the keys in the order in which they were recorded, with the
 * values of something empty. What a key is (a text, a number, yes or no) follows from the template as well.
 */
export const SHIPMENT = {
  ShipmentID: 0,
  ShipmentLastUpdate: '',
  ShipmentBoxes: 1,
  ShipmentInternalComment: '',
  ShipmentOrderStatus: 1,
  ShipmentAddress: '',
  ShipmentAddress2: '',
  ShipmentAlias: '',
  ShipmentCity: '',
  ShipmentCompany: '',
  ShipmentCost: 0,
  ShipmentCountry: '',
  ShipmentEmail: '',
  ShipmentFirstName: '',
  ShipmentLastName: '',
  ShipmentMethodID: 0,
  ShipmentMethodName: '',
  /** A text such as `9/16/2013`, unlike all other dates. */
  ShipmentShippedDate: '',
  ShipmentPhone: '',
  ShipmentState: '',
  ShipmentZipCode: '',
  ShipmentTax: 0,
  ShipmentWeight: 0,
  ShipmentTrackingCode: '',
  ShipmentUserID: '',
  ShipmentNumber: 1,
  ShipmentAddressTypeID: 0,
};

export type Shipment = typeof SHIPMENT;

/** Keys of an item that the recording of 2015 does not have. */
const NEWER_ITEM = {
  ItemAvailability: '',
  ItemSerial: '',
  ItemImage1: '',
  ItemImage2: '',
  ItemImage3: '',
  ItemImage4: '',
  ItemWarehouseLocation: '',
  ItemWarehouseBin: '',
  ItemWarehouseAisle: '',
  ItemWarehouseCustom: '',
  RecurringOrderFrequency: 0,
};

export const ITEM = {
  CatalogID: 0,
  ItemIndexID: 0,
  /** SKU of the product, or of the variant: its `AdvancedOptionSufix`. */
  ItemID: '',
  /** `ShipmentID` of the shipment that it is part of: 0 is the first one, and not a missing one. */
  ItemShipmentID: 0,
  ItemQuantity: 1,
  ItemWarehouseID: 0,
  /** HTML where options were chosen. */
  ItemDescription: '',
  ItemUnitPrice: 0,
  ItemWeight: 0,
  /** Comes on top of the unit price. */
  ItemOptionPrice: 0,
  ItemAdditionalField1: '',
  ItemAdditionalField2: '',
  ItemAdditionalField3: '',
  ItemPageAdded: '',
  ItemDateAdded: '',
  ItemUnitCost: 0,
  ItemUnitStock: 0,
  /** Codes of the chosen options, each after a comma: `,11`. */
  ItemOptions: '',
  ItemCatalogIDOptions: '',
  ...NEWER_ITEM,
};

export type Item = typeof ITEM;

export const PROMOTION = { PromotionID: 0, PromotionName: '', Coupon: '', DiscountAmount: 0 };

export type Promotion = typeof PROMOTION;

export const TRANSACTION = {
  TransactionIndexID: 0,
  OrderID: 0,
  TransactionID: '',
  TransactionDateTime: '',
  TransactionType: '',
  TransactionMethod: '',
  TransactionAmount: 0,
  TransactionApproval: '',
  TransactionReference: '',
  TransactionGatewayID: 0,
  TransactionCVV2: '',
  TransactionAVS: '',
  TransactionResponseText: '',
  TransactionResponseCode: '',
  TransactionCaptured: 0,
};

export type Transaction = typeof TRANSACTION;

/** What a buyer answered at the check-out. The keys are inferred: the recorded orders have none. */
export const QUESTION = { QuestionID: 0, QuestionTitle: '', QuestionAnswer: '' };

export type Question = typeof QUESTION;

/** Keys of an order that the recording of 2015 does not have. */
const NEWER_ORDER = { AlternateOrderID: '', OrderType: '', PaymentTokenID: 0 };
const NEWER_PROMOTIONS = { PromotionList: [] as Promotion[] };
const NEWER_DISCOUNTS = { OrderDiscountCoupon: 0, OrderDiscountPromotion: 0 };

export const ORDER = {
  InvoiceNumberPrefix: '',
  InvoiceNumber: 0,
  OrderID: 0,
  /** 0: a guest. */
  CustomerID: 0,
  OrderDate: '',
  OrderStatusID: 1,
  LastUpdate: '',
  UserID: '',
  SalesPerson: '',
  ContinueURL: '',
  ...NEWER_ORDER,
  BillingFirstName: '',
  BillingLastName: '',
  BillingCompany: '',
  BillingAddress: '',
  BillingAddress2: '',
  BillingCity: '',
  BillingState: '',
  BillingZipCode: '',
  BillingCountry: '',
  BillingPhoneNumber: '',
  BillingEmail: '',
  BillingPaymentMethod: '',
  BillingOnLinePayment: false,
  BillingPaymentMethodID: '',
  ShipmentList: [] as Shipment[],
  OrderItemList: [] as Item[],
  ...NEWER_PROMOTIONS,
  OrderDiscount: 0,
  ...NEWER_DISCOUNTS,
  SalesTax: 0,
  SalesTax2: 0,
  SalesTax3: 0,
  OrderAmount: 0,
  AffiliateCommission: 0,
  TransactionList: [] as Transaction[],
  CardType: '',
  CardNumber: '',
  CardName: '',
  CardExpirationMonth: '',
  CardExpirationYear: '',
  CardIssueNumber: '',
  CardStartMonth: '',
  CardStartYear: '',
  CardAddress: '',
  CardVerification: '',
  RewardPoints: '',
  QuestionList: [] as Question[],
  Referer: '',
  IP: '',
  CustomerComments: '',
  InternalComments: '',
  ExternalComments: '',
};

export type Order = typeof ORDER;

const NEWER_ITEM_KEYS: ReadonlySet<string> = new Set(Object.keys(NEWER_ITEM));
const NEWER_ORDER_KEYS: ReadonlySet<string> = new Set(
  Object.keys({ ...NEWER_ORDER, ...NEWER_PROMOTIONS, ...NEWER_DISCOUNTS }),
);

const without = (row: object, keys: ReadonlySet<string>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).filter(([key]) => !keys.has(key)));

/** An item with the keys of 2015. */
export const olderItem = (item: Item): object => without(item, NEWER_ITEM_KEYS);

/** What of an order's own keys those of 2015 are, without its lines. */
export const olderKeys = (order: object): Record<string, unknown> =>
  without(order, NEWER_ORDER_KEYS);

/** An order with the keys of 2015. */
export const olderOrder = (order: Order): object =>
  olderKeys({ ...order, OrderItemList: order.OrderItemList.map(olderItem) });

/** How long the texts of an order may be. Source: the help page of `PUT Orders`. */
export const ORDER_LENGTHS = {
  InvoiceNumberPrefix: 50,
  SalesPerson: 50,
  BillingFirstName: 100,
  BillingLastName: 100,
  BillingCompany: 255,
  BillingAddress: 200,
  BillingAddress2: 200,
};

/** How long the texts of a transaction may be. Source: the help page of `POST Transactions`. */
export const TRANSACTION_LENGTHS = {
  TransactionID: 50,
  TransactionType: 10,
  TransactionMethod: 255,
  TransactionApproval: 50,
  TransactionReference: 255,
};

/** A list or an object of a template as one of its own. */
function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return [...value];
  return typeof value === 'object' && value !== null ? { ...value } : value;
}

/** A new row of a template; lists and objects are its own. */
export function fresh<T extends object>(template: T, given: Partial<T> = {}): T {
  const row: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(template)) row[key] = copyOf(value);
  return Object.assign(row, given) as T;
}

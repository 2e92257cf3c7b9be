export const RMA_ITEM = {
  CatalogID: 0,
  SKU: '',
  ItemName: '',
  ReturnQuantity: 0,
  ReceivedQuantity: 0,
  RestockQuantity: 0,
};

export type RmaItem = typeof RMA_ITEM;

/** Goods that come back. */
export const RMA = {
  RMAID: 0,
  RmaDate: '',
  OrderID: 0,
  RMAReasonID: 0,
  RMAMethodID: 0,
  RMAStatusID: 0,
  Comments: '',
  InternalComments: '',
  StaffComments: '',
  RMAItemList: [] as RmaItem[],
};

export type Rma = typeof RMA;

export const ORDER_STATUS = {
  OrderStatusID: 0,
  Sorting: 0,
  /** What the status is, whatever the merchant calls it. */
  StatusDefinition: '',
  /** The merchant's own label. */
  StatusText: '',
  Visible: true,
};

export type OrderStatus = typeof ORDER_STATUS;

/** A webhook, as the store's own API registers it. */
export const WEBHOOK = {
  Id: 0,
  Name: '',
  Url: '',
  EventType: 0,
  /** `MM/dd/yyyy HH:mm`, unlike all other dates. */
  DateCreated: '',
  DateUpdated: '',
  Format: 'JSON',
  Enabled: true,
};

export type Webhook = typeof WEBHOOK;

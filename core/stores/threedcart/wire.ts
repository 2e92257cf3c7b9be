import { z } from 'zod';

import { amount, code, flag, id, listOf, optionalId, text } from '../kit/scalars';
import { storeZone, type StoreZone } from '../kit/zone';

/**
 * The documents of 3dcart's REST API as they come over the wire (v1 and v2, apirest.3dcart.com).
 *
 * Only the id of a record is required: stores of 2015 lack keys that newer ones have, and what is empty comes as `""`, 0
 * or null, now this and now that. Keys that are not known are kept. Dates name no zone; they are read by the clock of the
 * store and come out in UTC, so that nothing behind the client has to know where the store is.
 */
function schemasIn(zone: StoreZone) {
  /** Text that is no date stays as it is: it is refused where it is read as one, and stops no whole page. */
  const date = text.transform((written) => {
    const moment = zone.momentOf(written);
    if (moment === undefined) return written;
    return new Date(moment).toISOString().replace(/\.\d{3}Z$/, '+00:00');
  });
  /** Trailing blanks are no part of a tracking number (seen in recorded orders). */
  const trimmed = text.transform((value) => value?.trim());

  /** Whatever else the API answers. */
  const record = z.object({}).passthrough();

  const shipment = z
    .object({
      ShipmentID: optionalId.describe('0 is the first shipment of an order'),
      ShipmentLastUpdate: date,
      ShipmentOrderStatus: optionalId.describe('As OrderStatusID'),
      ShipmentFirstName: text,
      ShipmentLastName: text,
      ShipmentCompany: text,
      ShipmentAddress: text,
      ShipmentAddress2: text,
      ShipmentCity: text,
      ShipmentState: text.describe('Code such as TX'),
      ShipmentZipCode: text,
      ShipmentCountry: text,
      ShipmentEmail: text,
      ShipmentPhone: text,
      ShipmentMethodID: optionalId,
      ShipmentMethodName: text,
      ShipmentCost: amount.describe('What the customer pays for it'),
      ShipmentTax: amount,
      ShipmentWeight: amount,
      ShipmentBoxes: amount,
      ShipmentNumber: amount,
      ShipmentShippedDate: text.describe('A day such as 9/16/2026, or nothing'),
      ShipmentTrackingCode: trimmed,
      ShipmentInternalComment: text,
    })
    .passthrough();

  /** What the customer was asked at the checkout. */
  const question = z
    .object({ QuestionID: optionalId, QuestionTitle: text, QuestionAnswer: text })
    .passthrough();

  const item = z
    .object({
      CatalogID: optionalId.describe('Id of the product'),
      ItemIndexID: optionalId.describe('Id of the line'),
      ItemID: text.describe('SKU of the product or of its variant'),
      ItemShipmentID: optionalId.describe('0 is the first shipment'),
      ItemQuantity: amount,
      ItemDescription: text.describe('HTML: name and chosen options'),
      ItemUnitPrice: amount.describe('Without the options'),
      ItemOptionPrice: amount.describe('Of the options of one piece, on top of the unit price'),
      ItemUnitCost: amount,
      ItemUnitStock: amount,
      ItemWeight: amount,
      ItemOptions: text.describe('Codes of the variant, such as ,11'),
      ItemAdditionalField1: text,
      ItemAdditionalField2: text,
      ItemAdditionalField3: text,
      ItemDateAdded: date,
    })
    .passthrough();

  const transaction = z
    .object({
      TransactionIndexID: optionalId,
      OrderID: optionalId,
      TransactionID: text.describe("The payment service's own id"),
      TransactionDateTime: date,
      TransactionType: text.describe('Sale and others; at most 10 characters'),
      TransactionMethod: text,
      TransactionAmount: amount,
      TransactionApproval: text,
      TransactionReference: text,
      TransactionGatewayID: optionalId,
      TransactionResponseText: text,
      TransactionResponseCode: text,
      TransactionCaptured: amount,
    })
    .passthrough();

  const promotion = z
    .object({
      PromotionID: optionalId,
      PromotionName: text,
      Coupon: text,
      DiscountAmount: amount,
    })
    .passthrough();

  const order = z
    .object({
      OrderID: id,
      InvoiceNumberPrefix: text,
      InvoiceNumber: optionalId.describe('What people call the order, behind its prefix'),
      CustomerID: optionalId.describe('0 for guests'),
      OrderDate: date,
      OrderStatusID: optionalId,
      OrderStatusText: text.describe(
        'What the merchant calls the status; added by the pack, from the list of statuses',
      ),
      LastUpdate: date.describe('May be earlier than OrderDate'),
      UserID: text,
      SalesPerson: text,
      AlternateOrderID: text.describe('Number of the order in another system'),
      OrderType: text,
      BillingFirstName: text,
      BillingLastName: text,
      BillingCompany: text,
      BillingAddress: text,
      BillingAddress2: text,
      BillingCity: text,
      BillingState: text.describe('Code such as TX'),
      BillingZipCode: text,
      BillingCountry: text,
      BillingPhoneNumber: text,
      BillingEmail: text,
      BillingPaymentMethod: text,
      BillingPaymentMethodID: text,
      BillingOnLinePayment: flag,
      ShipmentList: listOf(shipment),
      OrderItemList: listOf(item),
      PromotionList: listOf(promotion),
      OrderDiscount: amount.describe('Of the whole order, as a positive number'),
      OrderDiscountCoupon: amount,
      OrderDiscountPromotion: amount,
      SalesTax: amount,
      SalesTax2: amount,
      SalesTax3: amount,
      OrderAmount: amount.describe('What the customer pays'),
      TransactionList: listOf(transaction),
      QuestionList: listOf(question),
      CustomerComments: text,
      InternalComments: text,
      ExternalComments: text,
    })
    .passthrough();

  const skuInfo = z
    .object({
      CatalogID: id,
      SKU: text,
      Name: text,
      Cost: amount,
      Price: amount,
      Currency: text.describe('v2'),
      RetailPrice: amount,
      SalePrice: amount,
      OnSale: flag,
      Stock: amount.describe('May be below 0; says nothing of the stock of variants'),
    })
    .passthrough();

  /** The wire writes Sufix with one f. */
  const advancedOption = z
    .object({
      AdvancedOptionCode: code,
      AdvancedOptionSufix: text.describe('SKU of the variant'),
      AdvancedOptionName: text,
      AdvancedOptionCost: amount,
      AdvancedOptionStock: amount,
      AdvancedOptionWeight: amount,
      AdvancedOptionPrice: amount,
      AdvancedOptionGTIN: text,
    })
    .passthrough();

  const product = z
    .object({
      SKUInfo: skuInfo,
      MFGID: text,
      ShortDescription: text,
      ManufacturerID: optionalId,
      ManufacturerName: text,
      LastUpdate: date,
      DateCreated: date,
      GTIN: text,
      CategoryList: listOf(z.object({ CategoryID: optionalId, CategoryName: text }).passthrough()),
      NonTaxable: flag,
      NotForSale: flag,
      Hide: flag,
      FreeShipping: flag,
      Weight: amount,
      Height: amount,
      Width: amount,
      Depth: amount,
      Description: text.describe('HTML'),
      Keywords: text,
      Title: text,
      MetaTags: text,
      ExtraField1: text,
      ExtraField2: text,
      ExtraField3: text,
      AdvancedOptionList: listOf(advancedOption).describe('Variants with a SKU of their own'),
    })
    .passthrough();

  const customer = z
    .object({
      CustomerID: id,
      Email: text,
      BillingCompany: text,
      BillingFirstName: text,
      BillingLastName: text,
      BillingAddress1: text,
      BillingAddress2: text,
      BillingCity: text,
      BillingState: text.describe('Code such as TX'),
      BillingZipCode: text,
      BillingCountry: text,
      BillingPhoneNumber: text,
      BillingTaxID: text,
      ShippingCompany: text,
      ShippingFirstName: text,
      ShippingLastName: text,
      ShippingAddress1: text,
      ShippingAddress2: text,
      ShippingCity: text,
      ShippingState: text,
      ShippingZipCode: text,
      ShippingCountry: text,
      ShippingPhoneNumber: text,
      CustomerGroupID: optionalId,
      Enabled: flag,
      MailList: flag,
      NonTaxable: flag,
      Comments: text,
      AdditionalField1: text,
      AdditionalField2: text,
      AdditionalField3: text,
      LastUpdate: date,
    })
    .passthrough();

  const category = z
    .object({
      CategoryID: id,
      CategoryName: text,
      CategoryDescription: text,
      CategoryParent: optionalId,
      Sorting: amount,
      Hide: flag,
      LastUpdate: date,
    })
    .passthrough();

  const rma = z
    .object({
      RMAID: id,
      RmaDate: date,
      OrderID: optionalId,
      RMAReasonID: optionalId,
      RMAMethodID: optionalId,
      RMAStatusID: optionalId,
      Comments: text,
      InternalComments: text,
      StaffComments: text,
      RMAItemList: listOf(
        z
          .object({
            CatalogID: optionalId,
            SKU: text,
            ItemName: text,
            ReturnQuantity: amount,
            ReceivedQuantity: amount,
            RestockQuantity: amount,
          })
          .passthrough(),
      ),
    })
    .passthrough();

  return {
    order,
    item,
    shipment,
    transaction,
    product,
    skuInfo,
    advancedOption,
    customer,
    category,
    rma,
    customerGroup: z.object({ CustomerGroupID: optionalId }).passthrough(),
    status: z
      .object({ OrderStatusID: id, StatusDefinition: text, StatusText: text, Visible: flag })
      .passthrough(),
    webhook: z
      .object({
        Id: id,
        Name: text,
        Url: text,
        EventType: optionalId,
        Enabled: flag,
        Format: text.describe('JSON or XML'),
      })
      .passthrough(),
    webhookEvent: z.object({ EventType: id, EventName: text }).passthrough(),
    record,
  };
}

/** @param timeZone of the store, as an IANA name; throws a `ServiceError` where there is none such */
export const wireIn = (timeZone: string) => schemasIn(storeZone(timeZone));

/** For those who read no dates: what the fields of the documents are. */
export const WIRE = wireIn('UTC');

/**
 * What becomes of one record that was written. `Value` is its id; of a refusal `Key` is `Error`, and `Status` the status
 * that an answer of its own would have had.
 */
export const resultSchema = z
  .object({ Key: text, Value: text, Status: text, Message: text })
  .passthrough();

export type Wire = ReturnType<typeof schemasIn>;
export type Order = z.infer<Wire['order']>;
export type OrderItem = z.infer<Wire['item']>;
export type Shipment = z.infer<Wire['shipment']>;
export type Transaction = z.infer<Wire['transaction']>;
export type Product = z.infer<Wire['product']>;
export type SkuInfo = z.infer<Wire['skuInfo']>;
export type AdvancedOption = z.infer<Wire['advancedOption']>;
export type Customer = z.infer<Wire['customer']>;
export type CustomerGroup = z.infer<Wire['customerGroup']>;
export type Category = z.infer<Wire['category']>;
export type Rma = z.infer<Wire['rma']>;
export type Status = z.infer<Wire['status']>;
export type Webhook = z.infer<Wire['webhook']>;
export type WebhookEvent = z.infer<Wire['webhookEvent']>;
export type WireRecord = z.infer<Wire['record']>;
export type WriteResult = z.infer<typeof resultSchema>;
